"""A POST sent twice with one Idempotency-Key takes effect once (T13)."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import make_personal_token, revoke_token
from accounts.models import Person
from config.rest import idempotency
from config.rest.models import KeptAnswer
from initiatives.models import Initiative

ADDRESS = "/api/v1/initiatives/"
REQUEST = {
    "title": "Receipts by text message",
    "problem": "Agents queue at the till because receipts are printed.",
    "affected": "Agents without a printer",
    "source": "growth",
}


def token_of(person):
    return make_personal_token(actor=person, name="A script", scope="write", days=1)


@pytest.fixture
def send(cast):
    """Ask as a person with a token of their own; the key is "first" unless told."""
    tokens = {}

    def call(key="first", data=REQUEST, address=ADDRESS, person=cast.requester):
        if person not in tokens:
            tokens[person] = token_of(person)[1]
        headers = {"Idempotency-Key": key, "Authorization": f"Token {tokens[person]}"}
        return APIClient().post(address, data, format="json", headers=headers)

    return call


def test_a_repeated_request_takes_effect_once_and_gets_the_first_answer(send):
    first, second = send(), send()
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Initiative.objects.count() == 1


def test_another_key_is_another_request(send):
    send("first")
    send("second")
    assert Initiative.objects.count() == 2


def test_without_a_key_nothing_is_kept(send):
    send("")
    send("")
    assert Initiative.objects.count() == 2
    assert not KeptAnswer.objects.exists()


def test_a_key_used_for_another_body_is_refused(send):
    send()
    answer = send(data={**REQUEST, "title": "Something else"})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/api/problems/key-reused"
    assert Initiative.objects.count() == 1


def test_a_key_belongs_to_its_caller(send, cast):
    send()
    answer = send(person=cast.reader)
    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers
    assert Initiative.objects.count() == 2


def test_bad_input_is_answered_alike_but_a_refusal_may_turn_out_otherwise(send, cast):
    bad = send(data={"title": ""})
    assert bad.status_code in {400, 422}
    assert send(data={"title": ""}).headers["Idempotency-Replayed"] == "true"
    made = send("make").json()["key"]
    steps = f"{ADDRESS}{made}/steps/start-rfc/"
    refused = send("step", {}, steps)
    assert refused.status_code in {403, 409}
    assert not KeptAnswer.objects.filter(key="step").exists()


def test_a_fault_of_ours_leaves_neither_effect_nor_answer(send, monkeypatch):
    monkeypatch.setattr(
        "initiatives.api.views.InitiativeSerializer.to_representation", lambda *a: 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        send()
    assert Initiative.objects.count() == 0
    assert not KeptAnswer.objects.exists()


def test_a_kept_answer_runs_out(send, settings):
    send()
    settings.IDEMPOTENCY_HOURS = 0
    assert idempotency.forget_old() == 1
    assert send().status_code == 201
    assert Initiative.objects.count() == 2


def test_an_answer_past_its_hours_is_not_given_again(send, settings):
    send()
    settings.IDEMPOTENCY_HOURS = 0
    assert "Idempotency-Replayed" not in send().headers
    assert Initiative.objects.count() == 2


def test_nobody_has_no_keys(db, client):
    answer = client.post(ADDRESS, REQUEST, headers={"Idempotency-Key": "first"})
    assert answer.status_code == 401
    assert not KeptAnswer.objects.exists()


def test_a_key_is_not_read_from_before_the_first_answer_was_committed(db):
    """Taking it reads by the conflict: what is committed counts, however the statement began."""
    first = idempotency._take("c", "first", "print")
    assert not first.answered
    KeptAnswer.objects.filter(pk=first.pk).update(status=201)
    again = idempotency._take("c", "first", "another")
    assert (again.pk, again.answered) == (first.pk, True)
    assert KeptAnswer.objects.get(pk=first.pk).fingerprint == "print"


@pytest.mark.parametrize("key", ["x" * 201, "tab\there"])
def test_a_key_that_is_none_is_named(send, key):
    answer = send(key)
    assert answer.status_code == 400
    assert "printable" in answer.json()["detail"]
    assert Initiative.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_key_in_flight_is_refused_and_not_queued(send, monkeypatch):
    """While one request holds the key, another with it is told so at once."""
    holding, answered = threading.Event(), threading.Event()
    monkeypatch.setattr(idempotency, "caller_of", lambda request: "c")

    def hold():
        try:
            with transaction.atomic():
                assert idempotency._take("c", "first", "")
                holding.set()
                answered.wait(20)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert holding.wait(20)
        answer = send()
    finally:
        answered.set()
        other.join()
    assert answer.status_code == 409
    assert answer.json()["type"] == "/api/problems/key-in-use"
    assert not Initiative.objects.exists()
    assert send().status_code == 201


def test_an_ended_token_gets_no_kept_answer(cast, monkeypatch):
    token, secret = token_of(cast.requester)
    headers = {"Idempotency-Key": "first", "Authorization": f"Bearer {secret}"}
    post = lambda: APIClient().post(ADDRESS, REQUEST, format="json", headers=headers)  # noqa: E731
    assert post().status_code == 201
    Person.objects.filter(pk=cast.requester.pk).update(is_active=False)
    assert post().status_code == 401
    Person.objects.filter(pk=cast.requester.pk).update(is_active=True)
    assert post().headers["Idempotency-Replayed"] == "true"
    type(token).objects.filter(pk=token.pk).update(expires_at=token.created_at)
    assert post().status_code == 401


def test_a_header_everybody_sends_makes_nobody_the_other(cast):
    """A proxy that asks for a password of its own leaves one Authorization for all people."""
    answers = []
    for person in (cast.requester, cast.engineer):
        browser = Client()
        browser.force_login(person)
        headers = {"Idempotency-Key": "same", "Authorization": "Basic c2FtZTpzYW1l"}
        answers.append(browser.post(ADDRESS, REQUEST, "application/json", headers=headers))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert "Idempotency-Replayed" not in answers[1].headers


def test_a_revoked_token_gets_no_kept_answer(cast):
    token, secret = token_of(cast.requester)
    headers = {"Idempotency-Key": "first", "Authorization": f"Bearer {secret}"}
    post = lambda: APIClient().post(ADDRESS, REQUEST, format="json", headers=headers)  # noqa: E731
    assert post().status_code == 201
    revoke_token(actor=cast.requester, token=token)
    assert post().status_code == 401
