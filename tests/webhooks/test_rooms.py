"""Chat rooms: what they are told, by whom kept, sent to a real receiver; the address is a secret."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import News, tell
from accounts.actions.coming_back import take_back_departure
from accounts.actions.leaving import see_off
from accounts.models import Membership, Notice, Role, Team
from config.due.jobs import run_here
from config.flow.errors import NotAllowed, NotYours
from initiatives.models import Initiative
from kpis.actions.kpi import introduce_kpi
from rfc.actions.decisions import About, Said, record_decision
from rfc.models import RFC
from rfc.subjects import subject_of
from tests.factories.initiatives import proposed
from tests.factories.rfc import rfc_in_review
from webhooks import delivery as sending
from webhooks.actions import (
    change_room,
    new_endpoint_secret,
    register_room,
    send_test,
    switch_endpoint,
)
from webhooks.actions.saying import decision_asked, promise_heartbeats
from webhooks.events import DECISIONS, HEARTBEAT
from webhooks.models import Delivery, Endpoint, Outcome

BOTH = (DECISIONS, HEARTBEAT)
SECRET = "T0canary/B0canary"
URL = f"https://chat.example.com/services/{SECRET}"


@pytest.fixture
def room(cast, settings, tmp_path):
    """`room(person, team=…)`: a room of Payments that need not be reachable."""
    settings.OUTBOUND_HOSTS = ["chat.example.com"]
    settings.KEY_FOLDER = tmp_path / "keys"

    def make(person=None, address=URL, **facts):
        told = {"name": "#payments", "form": "slack", "kinds": BOTH, "line": cast.payments} | facts
        return register_room(actor=person or cast.tpm, address=address, **told)

    return make


def said(room):
    return [json.loads(row.body) for row in room.deliveries.order_by("pk")]


def an_rfc(cast, number=901, **more):
    told = {
        "title": "Settle <!here> at once",
        "author": cast.product_manager,
        "line": cast.payments,
    }
    return RFC.objects.create(number=number, **(told | more))


def asked(rfc):
    decision_asked(subject_of(rfc), {"decision"})


def test_an_asked_decision_reaches_the_room_without_title_and_names(cast, room):
    made = room()
    rfc = rfc_in_review(cast)
    asked(rfc)
    (told,) = said(made)
    assert told["title"] == "A decision is asked"
    assert [(each["text"]) for each in told["lines"]] == [rfc.key]
    assert told["lines"][0]["url"].endswith(f"/rfcs/{rfc.key}")
    assert rfc.title not in made.deliveries.get().body


def test_the_act_itself_tells_the_room(cast, room):
    made, rfc = room(with_titles=True), an_rfc(cast)
    news = News(subject_of(rfc), "ask", "Ada asks", text="Words nobody may read.")
    tell([cast.architect], news, tab="following", actor=cast.engineer)
    assert said(made) == []
    tell([cast.architect], news, tab="decide", actor=cast.engineer)
    (told,) = said(made)
    assert told["lines"][0]["text"] == f"{rfc.key} Settle <!here> at once"
    assert "nobody may read" not in made.deliveries.get().body


def test_a_burst_is_one_message_and_the_next_one_keeps_apart(cast, room, settings):
    made = room()
    rows = [an_rfc(cast, number) for number in (901, 902, 903)]
    for rfc in (*rows, rows[0]):
        asked(rfc)
    (told,) = said(made)
    assert [each["text"] for each in told["lines"]] == ["RFC-901", "RFC-902", "RFC-903"]
    row = made.deliveries.get()
    assert 50 < (row.due_at - timezone.now()).total_seconds() <= 60
    row.sent.create(url=made.url, milliseconds=1, status=200)
    Delivery.objects.update(outcome=Outcome.DELIVERED, state="done")
    asked(rows[1])
    later = made.deliveries.order_by("pk").last()
    assert 280 < (later.due_at - timezone.now()).total_seconds() <= 300


def test_a_room_hears_of_its_line_and_team_only(cast, room):
    line, other = room(), room(cast.cards_leader, line=cast.cards)
    team = room(cast.product_manager, team=cast.checkout)
    asked(an_rfc(cast))
    assert [len(said(each)) for each in (line, other, team)] == [1, 0, 0]
    asked(an_rfc(cast, 902, owning_team=cast.checkout))
    asked(an_rfc(cast, 903, line=None))
    assert "RFC-902" in team.deliveries.get().body
    assert "RFC-903" not in line.deliveries.get().body
    decision_asked(None, {"decision"})
    decision_asked(subject_of(an_rfc(cast, 904)), {"stand_in"})
    assert "RFC-904" not in line.deliveries.get().body


@pytest.mark.parametrize("about", ["rfc", "initiative"])
def test_a_team_hears_of_decisions_about_what_is_its_own(cast, room, about):
    """A decision names no team: the team is that of its RFC or initiative."""
    team = room(cast.product_manager, team=cast.checkout)
    text = Said("Settle at once?", "Yes.", "It is asked for.", line=cast.payments)
    for mine in (None, cast.checkout):
        if about == "rfc":
            named = About([an_rfc(cast, 901 + bool(mine), owning_team=mine)])
        else:
            one = proposed(cast)
            Initiative.objects.filter(pk=one.pk).update(team=mine)
            named = About(initiatives=[one])
        made = record_decision(
            actor=cast.product_manager, said=text, decided_by=cast.cpo, about=named
        )
        assert (made.key in str(said(team))) is bool(mine)


def test_who_keeps_what(cast, room):
    room(cast.business_leader)
    room(cast.product_manager, team=cast.checkout)
    second = Team.objects.create(line=cast.payments, slug="payouts", name="Payouts")
    refused = [
        (cast.product_manager, {}),
        (cast.product_manager, {"team": second}),
        (cast.engineer, {"team": cast.checkout}),
        (cast.cards_leader, {}),
        (cast.outsider, {"team": cast.checkout}),
    ]
    for person, where in refused:
        with pytest.raises(NotYours):
            room(person, **where)
    with pytest.raises(NotAllowed, match="no such team"):
        room(cast.administrator, team=cast.issuing)
    mine = Endpoint.objects.visible_to(cast.product_manager)
    assert [each.team for each in mine] == [cast.checkout]


def test_whoever_lost_the_team_is_no_keeper_any_more(cast, room):
    made = room(cast.product_manager, team=cast.checkout)
    held = Membership.objects.filter(person=cast.product_manager, role=Role.PRODUCT_MANAGER)
    held.update(ended_at=timezone.now())
    asked(an_rfc(cast, owning_team=cast.checkout))
    made.refresh_from_db()
    assert (made.is_on, said(made)) == (False, [])
    assert "chat room" in Notice.objects.get(person=cast.product_manager).words


@pytest.mark.parametrize(
    "wrong",
    [{"address": "https://elsewhere.example.com/x"}, {"address": "http://chat.example.com/x"},
     {"kinds": []}, {"kinds": ["rfc.accepted"]}, {"form": "signed"}, {"name": " "}],
)  # fmt: skip
def test_what_may_not_be_registered(cast, room, wrong):
    with pytest.raises(NotAllowed):
        room(**wrong)
    assert not Endpoint.objects.exists()


def test_the_heartbeat_is_one_a_day_at_eight_where_the_line_is(cast, room):
    type(cast.payments).objects.filter(pk=cast.payments.pk).update(time_zone="Asia/Tokyo")
    plain, full = room(), room(with_titles=True, team=cast.checkout)
    for name, more in (("Completion", {"scope": "team", "team": cast.checkout}), ("Refusals", {})):
        introduce_kpi(actor=cast.product_manager, name=name, definition="x", unit="%",
                      **({"scope": "line", "line": cast.payments} | more))  # fmt: skip
    Endpoint.objects.update(created_at=datetime(2031, 5, 1, tzinfo=UTC))
    eight = datetime(2031, 5, 5, 23, 0, tzinfo=UTC)  # 8:00 of the 6th in Tokyo
    assert promise_heartbeats(eight - timedelta(minutes=1)) == 0
    assert promise_heartbeats(eight + timedelta(minutes=3)) == 2
    assert promise_heartbeats(eight + timedelta(minutes=8)) == 0
    assert promise_heartbeats(eight + timedelta(days=1, hours=7)) == 0, "too late to be news"
    (counted,), (named,) = said(plain), said(full)
    assert counted["title"] == "Payments today: 2 KPIs, 2 unknown"
    assert "Completion" not in json.dumps(counted)
    assert named["title"] == "Checkout today: 1 KPI, 1 unknown"
    assert [each["text"] for each in named["lines"]] == ["Completion: – · No value yet"]
    assert str(plain.deliveries.get().day) == "2031-05-06"


def test_without_a_kpi_there_is_no_heartbeat(cast, room):
    made = room()
    Endpoint.objects.update(created_at=datetime(2031, 5, 1, tzinfo=UTC))
    assert promise_heartbeats(datetime(2031, 5, 5, 9, 0, tzinfo=UTC)) == 0
    assert said(made) == []


@pytest.mark.parametrize("form", ["slack", "teams"])
def test_it_arrives_in_the_form_of_the_chat_unsigned(cast, receiver, form):
    made = register_room(
        actor=cast.tpm, line=cast.payments, name="#pay", form=form, kinds=BOTH,
        address=f"{receiver.url}/ok/{SECRET}",
    )  # fmt: skip
    row = send_test(actor=cast.tpm, endpoint=made)
    assert run_here(row) == "done"
    (message,) = receiver.received()
    told = json.loads(message["body"])
    assert message["path"] == f"/ok/{SECRET}"
    assert ("text" in told) is (form == "slack")
    assert "Gateline reaches this room" in message["body"]
    assert not [name for name in message["headers"] if name.lower().startswith("webhook-")]
    assert row.sent.get().url == made.url


def test_a_room_that_is_gone_is_switched_off_and_its_keeper_told(cast, receiver):
    made = register_room(
        actor=cast.tpm, line=cast.payments, name="#pay", form="slack", kinds=BOTH,
        address=f"{receiver.url}/410",
    )  # fmt: skip
    run_here(send_test(actor=cast.tpm, endpoint=made))
    made.refresh_from_db()
    notice = Notice.objects.get(person=cast.tpm)
    assert (made.is_on, notice.url) == (False, f"/chat/{made.public_id}")
    assert "The chat room “#pay” was switched off" in notice.words


def test_the_address_is_on_no_page_and_in_no_answer(cast, room, as_, api_with, caplog):
    made = room()
    run_here(send_test(actor=cast.tpm, endpoint=made))
    browser, caller = as_(cast.administrator), api_with(cast.tpm)
    for address in ("/chat", made.get_absolute_url(), f"{made.get_absolute_url()}/edit",
                    "/teams/payments",
                    reverse("admin:webhooks_endpoint_change", args=[made.pk])):  # fmt: skip
        page = browser.get(address).content.decode()
        assert "canary" not in page, address
    assert "https://chat.example.com/…" in browser.get("/chat").content.decode()
    for address in ("/api/v1/chat-rooms/", f"/api/v1/chat-rooms/{made.public_id}/",
                    f"/api/v1/chat-rooms/{made.public_id}/deliveries/"):  # fmt: skip
        assert "canary" not in caller.get(address).content.decode()
    assert "canary" not in made.secret_sealed
    assert "canary" not in caplog.text
    with pytest.raises(NotAllowed):
        new_endpoint_secret(actor=cast.tpm, endpoint=made)


def test_another_address_is_vouched_for_by_who_gives_it(cast, room):
    made = room()
    change_room(actor=cast.business_leader, room=made, address="", name="#pay", seen_version=1)
    made.refresh_from_db()
    assert (made.keeper, sending.secrets_now(made)) == (cast.tpm, [URL])
    change_room(actor=cast.business_leader, room=made, address=f"{URL}2")
    made.refresh_from_db()
    assert (made.keeper, sending.secrets_now(made)) == (cast.business_leader, [f"{URL}2"])


def test_a_leader_registers_and_changes_one_on_the_pages(cast, room, as_):
    room(cast.administrator)
    browser = as_(cast.product_manager)
    told = {"name": "#checkout", "form": "teams", "address": URL, "kinds": [HEARTBEAT]}
    refused = browser.post("/chat/new", {**told, "place": "line:payments"})
    assert (refused.status_code, "#checkout" in refused.content.decode()) == (422, True)
    done = browser.post("/chat/new", {**told, "place": "team:checkout"})
    made = Endpoint.objects.get(team=cast.checkout)
    assert done.url == made.get_absolute_url()
    assert made.name in browser.get("/teams/payments/checkout").content.decode()
    page = browser.post(f"{done.url}/edit", {**told, "address": "", "with_titles": "on"})
    assert page.status_code == 302
    made.refresh_from_db()
    assert made.with_titles
    assert browser.post(f"{done.url}/off").status_code == 302
    assert browser.post(f"{done.url}/test").status_code == 409
    switch_endpoint(actor=cast.tpm, endpoint=made, on=True)
    assert browser.get("/webhooks").status_code == 403
    listed = browser.get("/chat").content.decode()
    assert ("#checkout" in listed, "#payments" in listed) == (True, False)
    browser.post(f"{done.url}/remove")
    assert not Endpoint.objects.filter(pk=made.pk).exists()


def test_who_leaves_hands_a_room_over_or_it_goes_off(cast, room):
    made, second = room(cast.tpm), room(cast.tpm)

    def leave(keeper, successor):
        told = {"everything": cast.tpm, "webhooks": successor} if keeper != cast.tpm else {
            "everything": cast.architect, "webhooks": successor, "roles": cast.architect}  # fmt: skip
        return see_off(actor=cast.administrator, person=keeper, successors=told)

    with pytest.raises(NotAllowed, match="may not keep it"):
        leave(cast.tpm, cast.engineer)
    leave(cast.tpm, cast.business_leader)
    for each in (made, second):
        each.refresh_from_db()
        assert (each.keeper, each.is_on) == (cast.business_leader, True)
    away = leave(cast.business_leader, None)
    made.refresh_from_db()
    assert (made.is_on, made.off_because) == (False, "Bo Leader, who vouched for it, left.")
    take_back_departure(actor=cast.administrator, departure=away)
    made.refresh_from_db()
    assert (made.is_on, made.off_because, made.off_at) == (True, "", None)


def test_by_the_api_from_registration_to_removal(cast, room, api_with):
    del room
    caller = api_with(cast.tpm)
    told = {"name": "#p", "chat": "slack", "address": URL, "kinds": list(BOTH), "line": "payments"}
    made = caller.post("/api/v1/chat-rooms/", told, format="json")
    assert (made.status_code, "address" in made.json()) == (201, False)
    address = made.headers["Location"]
    assert made.json()["url"] == "https://chat.example.com/…"
    assert caller.get("/api/v1/webhooks/").json()["results"] == []
    assert caller.get(address.replace("chat-rooms", "webhooks")).status_code == 404
    changed = caller.patch(address, {"with_titles": True}, format="json",
                           headers={"If-Match": '"1"'})  # fmt: skip
    assert changed.json()["with_titles"] is True
    assert caller.post(f"{address}test/").status_code == 202
    (sent,) = caller.get(f"{address}deliveries/?event=webhook.ping").json()["results"]
    assert caller.post(f"{address}deliveries/{sent['id']}/again/").status_code == 202
    assert caller.post(f"{address}off/").json()["state"] == "off"
    assert caller.delete(address).status_code == 204
