"""Sessions: listed, ended, resting, and never anybody else's; each rule has a test that fails without it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.actions import end_sessions
from accounts.models import Letter, Session, SignInEvent
from tests.cast import PASSWORD
from tests.factories.entering import enter, kinds, signed_in

Kind = SignInEvent.Kind


def test_sessions_are_listed_and_ended_one_or_all(cast):
    here = signed_in(Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140"))
    there = signed_in(Client(REMOTE_ADDR="10.1.2.3"))
    third = signed_in()
    page = here.get("/settings/security").content.decode()
    assert "Firefox on Linux" in page
    assert "10.1.2.3" in page
    row = Session.objects.get(place="10.1.2.3")
    assert here.post(f"/settings/security/sessions/{row.public_id}/end").status_code == 302
    assert there.get("/kpis").status_code == 302
    assert third.get("/kpis").status_code == 200
    here.post("/settings/security/sessions/end")
    assert third.get("/kpis").status_code == 302
    assert here.get("/kpis").status_code == 200
    assert Kind.SESSION_ENDED in kinds(cast.product_manager)


def test_nobody_ends_a_session_of_somebody_else(cast):
    mine, theirs = signed_in(), signed_in(email="designer@example.com")
    row = Session.objects.get(person=cast.designer)
    mine.post(f"/settings/security/sessions/{row.public_id}/end")
    assert theirs.get("/kpis").status_code == 200


@pytest.mark.parametrize(
    ("column", "span", "alive"),
    [
        ("seen_at", timedelta(hours=7, minutes=59), True),
        ("seen_at", timedelta(hours=8, minutes=1), False),
        ("started_at", timedelta(days=6, hours=23), True),
        ("started_at", timedelta(days=7, minutes=1), False),
    ],
)
def test_a_session_rests_eight_hours_and_lives_seven_days(cast, column, span, alive):
    browser = signed_in()
    rows = Session.objects.filter(person=cast.product_manager)
    rows.update(**{column: timezone.now() - span})
    assert browser.get("/kpis").status_code == (200 if alive else 302)


def test_the_clock_is_the_databases(cast, monkeypatch):
    browser = signed_in()
    with time_machine.travel(timezone.now() + timedelta(hours=9), tick=True):
        assert browser.get("/kpis").status_code == 200


def test_looking_writes_the_moment_at_most_once_a_minute(cast, django_assert_num_queries):
    browser = signed_in()
    rows = Session.objects.filter(person=cast.product_manager)
    seen = rows.get().seen_at
    browser.get("/kpis")
    assert rows.get().seen_at == seen
    old = timezone.now() - timedelta(minutes=2)
    rows.update(seen_at=old)
    browser.get("/kpis")
    assert rows.get().seen_at > old + timedelta(minutes=1)


def test_signing_in_changes_the_key_of_the_session(cast):
    browser = Client()
    browser.get("/sign-in/passkey", headers={"Accept": "application/json"})
    before = browser.cookies["sessionid"].value
    enter(browser)
    assert browser.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_person_made_inactive_is_out_at_once(cast):
    browser = signed_in()
    cast.product_manager.is_active = False
    cast.product_manager.save()
    assert browser.get("/kpis").status_code == 302


def test_a_cookie_kept_over_signing_out_opens_nothing(cast):
    browser = signed_in()
    kept = browser.cookies["sessionid"].value
    assert "Sign out" in browser.get("/kpis").content.decode()
    browser.post("/sign-out")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/kpis").status_code == 302
    assert thief.get("/api/v1/me/").status_code == 401


@pytest.mark.parametrize("address", ["/", "/initiatives", "/rfcs", "/kpis", "/settings", "/inbox"])
def test_signing_out_is_in_sight_on_every_page(cast, as_, address):
    page = as_(cast.product_manager).get(address).content.decode()
    assert 'action="/sign-out"' in page
    assert "Sign out" in page


def test_proving_who_one_is_changes_the_key_and_not_the_beginning(cast):
    browser = signed_in()
    before = browser.cookies["sessionid"].value
    began = Session.objects.get(session_key=before).started_at
    assert browser.post("/settings/security/confirm", {"password": "wrong"}).status_code == 422
    assert browser.cookies["sessionid"].value == before
    browser.post("/settings/security/confirm", {"password": PASSWORD})
    after = browser.cookies["sessionid"].value
    assert after != before
    assert Session.objects.get(session_key=after).started_at == began
    assert browser.get("/settings/security/password").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/kpis").status_code == 302


def test_an_administrator_ends_the_sessions_of_somebody_who_is_told(cast, as_):
    lost, other = signed_in(), signed_in(email="designer@example.com")
    page, whom = as_(cast.administrator), cast.product_manager
    assert "End all sessions" in page.get(f"/people/{whom.pk}").content.decode()
    assert page.post(f"/people/{whom.pk}/sessions/end").status_code == 302
    assert lost.get("/kpis").status_code == 302
    assert other.get("/kpis").status_code == 200
    assert Kind.SESSION_ENDED in kinds(whom)
    assert Letter.objects.filter(person=whom, subject__contains="signed out").exists()
    assert "End all sessions" not in page.get(f"/people/{whom.pk}").content.decode()


def test_nobody_else_ends_sessions_of_others(cast, as_):
    lost = signed_in()
    address = f"/people/{cast.product_manager.pk}/sessions/end"
    for person in (cast.cpo, cast.business_leader):
        browser = as_(person)
        assert browser.post(address).status_code == 403
        assert (
            "End all sessions" not in browser.get(address[: -len("/sessions/end")]).content.decode()
        )
    assert lost.get("/kpis").status_code == 200


def test_ending_all_sessions_by_the_action(cast):
    browser = signed_in()
    assert end_sessions(person=cast.product_manager) == 1
    assert browser.get("/kpis").status_code == 302
