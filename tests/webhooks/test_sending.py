"""Deliveries to a real receiver: signed, tried again, given up; what comes back is not trusted."""

import base64
import hashlib
import hmac
import json
import logging
import resource
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Letter, Notice, Tab
from config.due.jobs import run_here
from config.flow.errors import NotAllowed
from webhooks import delivery as sending
from webhooks.actions import (
    new_endpoint_secret,
    send_again,
    send_missed,
    send_test,
    switch_endpoint,
)
from webhooks.actions.forgetting import forget_deliveries, forget_old_secrets
from webhooks.models import Delivery, Endpoint, Outcome


def checked(message, secret):
    """Whether one of the signatures is right, as the specification of Standard Webhooks says."""
    told = {name.lower(): value for name, value in message["headers"].items()}
    signed = f"{told['webhook-id']}.{told['webhook-timestamp']}.{message['body']}"
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    return f"v1,{right}" in told["webhook-signature"].split()


def ping(cast, endpoint):
    row = send_test(actor=cast.administrator, endpoint=endpoint)
    outcome = run_here(row)
    endpoint.refresh_from_db()
    return row, outcome


def again(row, endpoint):
    """The next attempt, when its time has come."""
    Endpoint.objects.filter(pk=endpoint.pk).update(resting_until=None)
    Delivery.objects.filter(pk=row.pk).update(due_at=timezone.now())
    row = Delivery.objects.get(pk=row.pk)
    run_here(row)
    endpoint.refresh_from_db()
    return row


def gap(row):
    return (row.due_at - timezone.now()).total_seconds()


def test_a_message_arrives_signed(cast, hooked, receiver):
    endpoint, secret = hooked(cast.administrator)
    row, outcome = ping(cast, endpoint)
    (message,) = receiver.received()
    told = json.loads(message["body"])
    assert (outcome, row.outcome, row.state) == ("done", Outcome.DELIVERED, "done")
    assert checked(message, secret)
    assert not checked({**message, "body": message["body"] + " "}, secret)
    assert message["headers"]["webhook-id"] == str(row.message_id)
    assert abs(int(message["headers"]["webhook-timestamp"]) - time.time()) < 30
    assert (told["type"], set(told)) == ("webhook.ping", {"type", "timestamp", "data"})
    attempt = row.sent.get()
    assert (attempt.status, attempt.url) == (204, endpoint.url)
    assert endpoint.last_ok_at


def test_two_secrets_sign_while_one_is_replaced(cast, hooked, receiver):
    endpoint, old = hooked(cast.administrator)
    endpoint, new = new_endpoint_secret(actor=cast.administrator, endpoint=endpoint)
    ping(cast, endpoint)
    assert checked(receiver.received()[0], old)
    assert checked(receiver.received()[0], new)
    Endpoint.objects.update(old_secret_until=timezone.now() - timedelta(seconds=1))
    endpoint.refresh_from_db()
    ping(cast, endpoint)
    assert not checked(receiver.received()[1], old)
    forget_old_secrets()
    endpoint.refresh_from_db()
    assert (endpoint.old_secret_sealed, endpoint.old_secret_until) == ("", None)


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        ("500", 500, "not taken"),
        ("redirect", 302, "redirect"),
        ("closed", None, "ended before"),
        ("slow", None, "No answer within"),
        ("drip", None, "No answer within"),
    ],
)
def test_what_is_not_taken_is_tried_again(cast, hooked, receiver, settings, how, status, said):
    settings.WEBHOOK_SECONDS = 1
    endpoint, _secret = hooked(cast.administrator, how)
    started = time.monotonic()
    row, outcome = ping(cast, endpoint)
    assert time.monotonic() - started < 8
    attempt = row.sent.get()
    assert (outcome, row.outcome, attempt.status) == ("later", Outcome.WAITING, status)
    assert said in attempt.said
    assert 4 < gap(row) < 6
    assert endpoint.state == "failing"
    # A redirect is not followed: the other address of the same receiver heard nothing.
    assert [each["path"] for each in receiver.received()] == [f"/{how}"]


def test_a_closed_port_is_no_answer(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator)
    receiver.stop()
    row, _outcome = ping(cast, endpoint)
    assert "No connection" in row.sent.get().said


def test_a_huge_answer_is_never_read(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator, "huge")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row, _outcome = ping(cast, endpoint)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert row.outcome == Outcome.DELIVERED
    assert grown < 50_000  # kilobytes


def test_gaps_grow_for_three_days_with_the_same_id_then_it_is_given_up(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator, "500")
    row, _outcome = ping(cast, endpoint)
    gaps = [gap(row)]
    for _ in sending.GAPS:
        row = again(row, endpoint)
        gaps.append(gap(row))
    *gaps, _after = gaps
    for seen, meant in zip(gaps, sending.GAPS, strict=True):
        assert 0.89 * meant < seen + 2 < 1.11 * meant + 3
    assert sum(sending.GAPS) > 72 * 3600
    assert (row.outcome, row.tries) == (Outcome.GAVE_UP, len(sending.GAPS) + 1)
    assert {m["headers"]["webhook-id"] for m in receiver.received()} == {str(row.message_id)}


def test_a_receiver_that_asks_for_a_pause_gets_it(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator, "busy")
    row, _outcome = ping(cast, endpoint)
    assert 590 < gap(row) < 610


def test_others_wait_while_the_receiver_fails(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator, "500")
    row = send_test(actor=cast.administrator, endpoint=endpoint)
    other = send_test(actor=cast.administrator, endpoint=endpoint)
    run_here(row)
    assert run_here(Delivery.objects.get(pk=other.pk)) == "later"
    assert len(receiver.received()) == 1
    assert other.sent.count() == 0


def test_gone_switches_off_and_writes_to_whoever_vouches(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.tpm, "410", line=cast.payments)
    row, _outcome = ping(cast, endpoint)
    letter = Letter.objects.get()
    assert (endpoint.is_on, row.outcome) == (False, Outcome.GAVE_UP)
    assert (letter.person, letter.path) == (cast.tpm, endpoint.get_absolute_url())
    notice = Notice.objects.visible_to(cast.tpm).get()
    assert (notice.tab, notice.url) == (Tab.DECIDE, endpoint.get_absolute_url())
    with pytest.raises(NotAllowed):
        send_again(actor=cast.tpm, delivery=row)


def test_three_days_without_success_switch_off(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator, "500")
    row, _outcome = ping(cast, endpoint)
    almost = timezone.now() - timedelta(days=3) + timedelta(minutes=1)
    Endpoint.objects.update(failing_since=almost)
    again(row, endpoint)
    assert endpoint.is_on
    Endpoint.objects.update(failing_since=almost - timedelta(minutes=2))
    again(row, endpoint)
    assert (endpoint.is_on, Letter.objects.count()) == (False, 1)


def test_what_waits_when_it_is_off_is_sent_when_somebody_asks(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator)
    row = send_test(actor=cast.administrator, endpoint=endpoint)
    switch_endpoint(actor=cast.administrator, endpoint=endpoint, on=False)
    row = Delivery.objects.get(pk=row.pk)
    run_here(row)
    assert (row.outcome, receiver.received()) == (Outcome.STOPPED, [])
    endpoint = switch_endpoint(actor=cast.administrator, endpoint=endpoint, on=True)
    assert send_missed(actor=cast.administrator, endpoint=endpoint) == 1
    run_here(Delivery.objects.get(pk=row.pk))
    assert [m["headers"]["webhook-id"] for m in receiver.received()] == [str(row.message_id)]


def test_a_delivered_one_is_sent_again_with_its_id_and_text(cast, hooked, receiver):
    endpoint, _secret = hooked(cast.administrator)
    row, _outcome = ping(cast, endpoint)
    send_again(actor=cast.administrator, delivery=row)
    run_here(Delivery.objects.get(pk=row.pk))
    first, second = receiver.received()
    assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"]
    assert first["body"] == second["body"]


def test_texts_are_kept_for_days_and_rows_for_longer(cast, hooked, receiver, settings):
    endpoint, _secret = hooked(cast.administrator)
    row, _outcome = ping(cast, endpoint)
    Delivery.objects.update(told_at=timezone.now() - timedelta(days=settings.WEBHOOK_BODY_DAYS + 1))
    forget_deliveries()
    row.refresh_from_db()
    assert row.body == ""
    with pytest.raises(NotAllowed):
        send_again(actor=cast.administrator, delivery=row)
    Delivery.objects.update(told_at=timezone.now() - timedelta(days=settings.WEBHOOK_LOG_DAYS + 1))
    forget_deliveries()
    assert not Delivery.objects.exists()


def test_a_host_that_is_no_longer_allowed_is_not_called(cast, hooked, receiver, settings):
    endpoint, _secret = hooked(cast.administrator)
    settings.OUTBOUND_HOSTS = []
    row, _outcome = ping(cast, endpoint)
    assert receiver.received() == []
    assert "does not allow" in row.sent.get().said


def test_the_secret_is_nowhere_in_the_log(cast, hooked, receiver, caplog):
    caplog.set_level(logging.DEBUG)
    for how in ("ok", "500", "closed"):
        endpoint, secret = hooked(cast.administrator, how)
        ping(cast, endpoint)
        assert secret.removeprefix("whsec_") not in caplog.text
