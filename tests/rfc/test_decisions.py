"""The log of decisions: written once, superseded, confirmed, linked both ways."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Letter
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.comments import comment
from rfc.actions.decisions import (
    About,
    Said,
    confirm_decision,
    link_decision,
    record_decision,
    review_decision,
)
from rfc.models import Decision, DecisionSubject
from rfc.queries.called import calls
from tests.factories import rfc as make
from tests.factories.walks import in_discovery

SAID = Said("Which scheme first?", "The local one.", "It settles daily.", options="Local\nGlobal")


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(cast)


@pytest.fixture
def decision(cast, rfc):
    return record_decision(actor=cast.product_manager, said=SAID, about=About([rfc]))


def days(number):
    return timezone.localdate() + timedelta(days=number)


def form(cast, **more):
    return {
        "question": "Which scheme first?",
        "decision": "The local one.",
        "reason": "It settles daily.",
        "decided_by": cast.product_manager.pk,
        "decided_date": timezone.localdate().isoformat(),
        **more,
    }


def test_a_decision_says_who_was_what_when(cast, rfc, decision):
    assert decision.key == "DEC-1"
    assert "Product manager" in decision.decided_by_roles
    assert (decision.decided_by_name, decision.confirmed) == (cast.product_manager.name, True)
    assert decision.line == rfc.line


def test_it_is_linked_both_ways(cast, as_, rfc, decision):
    initiative = in_discovery(cast).initiative
    link_decision(decision=decision, actor=cast.product_manager, initiative=initiative)
    html = as_(cast.reader).get("/decisions/DEC-1").content.decode()
    assert rfc.get_absolute_url() in html
    assert initiative.get_absolute_url() in html
    assert "/decisions/DEC-1" in as_(cast.reader).get(f"/rfcs/{rfc.key}").content.decode()
    there = as_(cast.reader).get(initiative.get_absolute_url()).content.decode()
    assert "/decisions/DEC-1" in there
    with pytest.raises(WrongState, match="linked to RFC-1 already"):
        link_decision(decision=decision, actor=cast.product_manager, rfc=rfc)


def test_a_thread_becomes_a_decision(cast, as_, rfc):
    thread = comment(rfc=rfc, actor=cast.risk, text="Daily or weekly?", section_slug="scope")
    html = as_(cast.product_manager).get(f"/decisions/new?thread={thread.pk}").content.decode()
    assert "Daily or weekly?" in html
    answer = as_(cast.product_manager).post(
        f"/decisions/new?thread={thread.pk}", form(cast, rfcs=rfc.key)
    )
    assert answer.url == "/decisions/DEC-1"
    made = Decision.objects.get()
    assert (made.comment, made.subjects.get().rfc) == (thread, rfc)
    assert "/decisions/DEC-1" in as_(cast.reader).get(f"/rfcs/{rfc.key}").content.decode()


def test_nothing_of_it_ever_changes(cast, decision):
    for act in (
        lambda: Decision.objects.update(decision="Another."),
        lambda: Decision.objects.update(decided_by_name="Somebody"),
        lambda: Decision.objects.update(confirmed_at=None),
        lambda: Decision.objects.all().delete(),
        lambda: DecisionSubject.objects.all().delete(),
        lambda: DecisionSubject.objects.update(added_by=cast.risk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_correction_supersedes_once(cast, as_, rfc, decision):
    answer = as_(cast.product_manager).post(
        f"/decisions/new?supersedes={decision.key}", form(cast, decision="The global one.")
    )
    assert answer.url == "/decisions/DEC-2"
    newer = Decision.objects.get(number=2)
    assert [each.rfc for each in newer.subjects.all()] == [rfc]
    html = as_(cast.reader).get("/decisions/DEC-1").content.decode()
    assert "Superseded by DEC-2." in html
    with pytest.raises(WrongState, match="superseded by DEC-2 already"):
        record_decision(actor=cast.product_manager, said=SAID, supersedes=decision)


def test_somebody_elses_decision_waits_for_that_persons_word(cast, as_, rfc):
    made = record_decision(
        actor=cast.product_manager, said=SAID, decided_by=cast.business_leader, about=About([rfc])
    )
    assert Letter.objects.filter(person=cast.business_leader, path="/decisions/DEC-1").count() == 1
    assert "recorded this as your decision" in calls(cast.business_leader)[0].why
    with pytest.raises(NotYours, match="nobody else"):
        confirm_decision(decision=made, actor=cast.product_manager)
    as_(cast.business_leader).post("/decisions/DEC-1/confirm")
    made.refresh_from_db()
    assert made.confirmed
    assert calls(cast.business_leader) == []


def test_readers_read_and_do_not_record(cast, as_, rfc):
    with pytest.raises(NotYours):
        record_decision(actor=cast.reader, said=SAID)
    assert as_(cast.reader).get("/decisions").status_code == 200
    assert "Record a decision" not in as_(cast.reader).get("/decisions").content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said("", "A", "B"), "the question"),
        (Said("A?", " ", ""), "what was decided and why"),
        (Said("A?", "B", "C", decided_date=days(1)), "lies in the future"),
        (Said("A?", "B", "C", review_date=days(0)), "later day"),
        (Said("A?", "B" * 9000, "C"), "8000"),
    ],
)
def test_bad_input_gets_a_sentence(cast, said, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        record_decision(actor=cast.product_manager, said=said)


def test_bad_input_on_the_page_keeps_the_text(cast, as_):
    answer = as_(cast.product_manager).post(
        "/decisions/new", form(cast, question="", rfcs="RFC-99", decision="Keep me.")
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no RFC-99" in html
    assert "Keep me." in html


def test_the_day_to_look_again_comes_up_and_goes(cast, as_, rfc):
    old = Said("A?", "B", "C", decided_date=days(-30), review_date=days(-1))
    made = record_decision(actor=cast.product_manager, said=old)
    assert "look at this decision again" in calls(cast.product_manager)[0].why
    assert "Review due" in as_(cast.reader).get("/decisions?state=review").content.decode()
    review_decision(
        decision=made, actor=cast.product_manager, note="Volumes are as then.", next_date=days(90)
    )
    assert calls(cast.product_manager) == []
    assert "Volumes are as then." in as_(cast.reader).get("/decisions/DEC-1").content.decode()
    assert "DEC-1" not in as_(cast.reader).get("/decisions?state=review").content.decode()


def test_reviews_and_gates_appear_as_links(cast, as_, rfc, decision):
    accepted = make.accepted_rfc(cast, title="Accepted one")
    html = as_(cast.reader).get("/decisions").content.decode()
    assert f"/rfcs/{accepted.key}#decision" in html
    assert "RFC accepted" in html
    only = as_(cast.reader).get("/decisions?kind=rfc_accepted").content.decode()
    assert "Accepted one" in only
    assert "DEC-1" not in only
    assert "Accepted one" not in as_(cast.reader).get("/decisions?q=scheme").content.decode()
    assert Decision.objects.count() == 1


def test_declines_and_waivers_of_initiatives_appear(cast, as_):
    from initiatives.actions.steps import take_step

    walk = in_discovery(cast, title="Not now")
    take_step(walk.initiative, "decline", actor=cast.product_manager, note="Too early for us.")
    html = as_(cast.reader).get("/decisions").content.decode()
    assert "Too early for us." in html
    assert "Initiative declined" in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [("q=scheme", True), ("q=elephant", False), ("line=payments", True), ("line=cards", False),
     ("state=standing", True), ("state=superseded", False), ("about=RFC-1", True),
     ("about=INI-1", False), ("since=2000-01-01", True), ("until=2000-01-01", False)],
)  # fmt: skip
def test_filters_live_in_the_address(cast, as_, api_as, decision, query, shown):
    html = as_(cast.reader).get(f"/decisions?{query}").content.decode()
    assert ("/decisions/DEC-1" in html) is shown
    found = api_as(cast.reader).get(f"/api/v1/decisions/?{query}").json()["results"]
    assert bool(found) is shown


def test_keys_search_and_short_links_lead_there(cast, as_, decision):
    browser = as_(cast.reader)
    assert browser.get("/decisions?q=dec-1").url == "/decisions/DEC-1"
    assert browser.get("/search?q=DEC-1").url == "/decisions/DEC-1"
    assert browser.get("/d/1").url == "/decisions/DEC-1"
    assert "Which" in browser.get("/search?q=scheme+first").content.decode()
    entries = browser.get("/palette.json?q=scheme").json()["entries"]
    assert any(entry["href"] == "/decisions/DEC-1" for entry in entries)


def test_the_log_costs_the_same_for_one_and_three(cast, as_, decision):
    def cost(path):
        with CaptureQueriesContext(connection) as seen:
            assert as_(cast.reader).get(path).status_code == 200
        return len(seen)

    few = [cost("/decisions"), cost("/decisions/DEC-1")]
    for _ in range(3):
        made = record_decision(actor=cast.product_manager, said=SAID)
        review_decision(decision=made, actor=cast.product_manager, note="Yes.")
        make.accepted_rfc(cast)
        link_decision(decision=decision, actor=cast.risk, rfc=make.published_rfc(cast))
    assert [cost("/decisions"), cost("/decisions/DEC-1")] == few


def test_the_api_records_confirms_reviews_and_links(cast, api_as, rfc):
    told = {"question": "A?", "decision": "B", "reason": "C", "about": [rfc.key]}
    assert api_as(cast.reader).post("/api/v1/decisions/", told).status_code == 403
    made = api_as(cast.product_manager).post(
        "/api/v1/decisions/", {**told, "decided_by": cast.risk.pk}
    )
    assert made.status_code == 201
    assert (made.json()["about"], made.json()["confirmed_at"]) == ([rfc.key], None)
    one = "/api/v1/decisions/DEC-1/"
    assert api_as(cast.product_manager).post(f"{one}confirm/").status_code == 403
    assert api_as(cast.risk).post(f"{one}confirm/").json()["confirmed_at"]
    reviewed = api_as(cast.risk).post(f"{one}reviews/", {"note": "Holds."})
    assert reviewed.json()["reviews"][0]["note"] == "Holds."
    other = make.published_rfc(cast)
    linked = api_as(cast.risk).post(f"{one}links/", {"key": other.key}).json()
    assert linked["about"] == [rfc.key, other.key]
    again = {**told, "supersedes": "DEC-1"}
    assert api_as(cast.risk).post("/api/v1/decisions/", again).status_code == 201
    assert api_as(cast.risk).post("/api/v1/decisions/", again).status_code == 409
    assert api_as(cast.risk).get(one).json()["superseded_by"] == "DEC-2"
    wrong = api_as(cast.risk).post(f"{one}links/", {"key": "RFC-999"})
    assert wrong.status_code == 400
