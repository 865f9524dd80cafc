"""Asking for a decision: the list shown is the list of mails; long lists are confirmed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Letter, Membership, NoticeSettings, ReportingLine, Role
from config.due.jobs import run_here
from config.flow.errors import GatesUnmet, NotAllowed, WrongState
from rfc.actions.asking import would_tell
from rfc.actions.deciding import take_step
from rfc.actions.delegating import delegate
from rfc.actions.functions import settle_functions
from rfc.actions.revising import ask_for_decision
from rfc.actions.writing import save_draft
from rfc.models import Delegation
from tests.cast import _person
from tests.factories import rfc as make


def names(asked):
    return [each.person.name for each in asked.told]


def mailed():
    return sorted(Letter.objects.values_list("person__name", flat=True))


def test_exactly_those_on_the_list_get_a_mail(cast, as_, mailoutbox):
    rfc = make.published_rfc(cast, flags=["money"])
    page = as_(cast.product_manager).get(f"/rfcs/{rfc.key}/ask")
    shown = names(page.context["asked"])
    assert shown == ["Ari Architect", "Bo Leader", "Fin Ance", "Rika Risk", "Robin Risk"]
    for name in shown:
        assert name in page.content.decode()
    listed = page.context["asked"].listed
    answer = as_(cast.product_manager).post(
        f"/rfcs/{rfc.key}/ask", {"listed": listed, "note": "By Friday, please."}
    )
    assert answer.url == f"/rfcs/{rfc.key}"
    assert mailed() == shown
    for letter in Letter.objects.all():
        NoticeSettings.objects.create(person=letter.person, quiet_from=None, quiet_until=None)
        run_here(letter)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        each.person.email for each in page.context["asked"].told
    )
    assert "By Friday, please." in mailoutbox[0].body
    assert f"/rfcs/{rfc.key}" in mailoutbox[0].body


def test_nobody_hears_of_the_own_act(cast):
    rfc = make.published_rfc(cast, actor=cast.architect, author=cast.architect)
    assert "Ari Architect" not in names(would_tell(rfc, cast.architect))
    take_step(rfc, "ask-for-decision", actor=cast.architect)
    assert "Ari Architect" not in mailed()


def test_a_list_that_changed_meanwhile_is_shown_again_and_tells_nobody(cast, as_):
    rfc = make.published_rfc(cast)
    listed = would_tell(rfc, cast.product_manager).listed
    Membership.objects.create(person=cast.engineer, role=Role.ARCHITECT, line=cast.payments)
    answer = as_(cast.product_manager).post(f"/rfcs/{rfc.key}/ask", {"listed": listed, "note": "n"})
    assert answer.status_code == 422
    assert "Who would be told has changed since this page was opened" in answer.content.decode()
    assert "Eli Engineer" in answer.content.decode()
    rfc.refresh_from_db()
    assert (rfc.phase, mailed()) == ("draft", [])


def test_more_people_than_usual_are_asked_about_first(cast, as_, settings):
    settings.TELL_MANY = 2
    rfc = make.published_rfc(cast, flags=["money"])
    with pytest.raises(NotAllowed, match="This tells 5 people at once"):
        take_step(rfc, "ask-for-decision", actor=cast.product_manager)
    browser, path = as_(cast.product_manager), f"/rfcs/{rfc.key}/ask"
    page = browser.get(path)
    assert "Yes, all of them are meant" in page.content.decode()
    told = {"listed": page.context["asked"].listed}
    assert browser.post(path, told).status_code == 422
    assert mailed() == []
    assert browser.post(path, {**told, "many": "on"}).status_code == 302
    assert len(mailed()) == 5


def test_asking_publishes_what_the_draft_holds(cast, as_):
    rfc = make.published_rfc(cast)
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, body=make.body(scope="More"))
    page = as_(cast.product_manager).get(f"/rfcs/{rfc.key}/ask")
    assert "The draft becomes r2" in page.content.decode()
    listed = page.context["asked"].listed
    as_(cast.product_manager).post(f"/rfcs/{rfc.key}/ask", {"listed": listed})
    rfc.refresh_from_db()
    assert (rfc.phase, rfc.revision_count) == ("in_review", 2)


def test_where_a_gate_refuses_nothing_is_published_and_the_attempt_is_kept(cast):
    rfc = make.published_rfc(cast, stands_alone_reason="")
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, body=make.body(scope="More"))
    with pytest.raises(GatesUnmet):
        ask_for_decision(rfc=rfc, actor=cast.product_manager)
    rfc.refresh_from_db()
    assert rfc.revision_count == 1
    assert rfc.steps_taken.filter(taken=False, refusal="gates-unmet").count() == 1


def test_a_function_that_still_approves_is_not_asked_again(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.architect, "architect")
    rfc = take_step(rfc, "recall", actor=cast.product_manager, note="One more thing.")
    assert "Ari Architect" not in names(would_tell(rfc, cast.product_manager))
    make.edit(rfc, cast.product_manager, body=make.body(solution="Another way."))
    rfc.refresh_from_db()
    assert "Ari Architect" in names(would_tell(rfc, cast.product_manager))


def test_a_stand_in_is_told_beside_the_person_who_is_away(cast):
    ends = timezone.localdate() + timedelta(days=7)
    delegate(actor=cast.architect, delegate=cast.engineer, function="architect", ends_on=ends)
    asked = would_tell(make.published_rfc(cast), cast.product_manager)
    why = {each.person.name: each.why for each in asked.told}
    assert why["Eli Engineer"] == ["Answers for Engineering architect in place of Ari Architect."]


def test_where_nobody_holds_a_function_its_reporting_line_is_asked(cast):
    rfc = make.published_rfc(cast, flags=["prices"])
    Membership.objects.filter(role=Role.FINANCE).update(ended_at=timezone.now())
    asked = would_tell(rfc, cast.product_manager)
    assert asked.unheld == []
    why = {each.person.name: each.why for each in asked.told}
    assert why["Bo Leader"] == [
        "Nobody holds Finance here; it reports in the business to the business leader.",
        "Decides when reviewers do not agree.",
    ]
    ReportingLine.objects.filter(function="finance").delete()
    assert would_tell(rfc, cast.product_manager).unheld == ["Finance"]


def test_the_reporting_table_demands_functions_with_its_reason(cast):
    ReportingLine.objects.filter(function="quality assurance", level="line").update(
        responsible="head of operations"
    )
    rfc = make.draft_rfc(cast)
    rfc.source = "qa"
    settle_functions(rfc)
    reasons = dict(rfc.required_functions.values_list("function", "reason"))
    assert reasons["operations"] == (
        "Quality assurance is answered for by the head of operations (reporting table)."
    )
    assert reasons["qa"] == "The source is quality assurance."


def test_asking_twice_is_refused_and_tells_nobody_twice(cast):
    rfc = make.rfc_in_review(cast)
    before = mailed()
    with pytest.raises(WrongState):
        ask_for_decision(rfc=rfc, actor=cast.product_manager)
    assert mailed() == before


def test_a_stale_approval_tells_its_person_once(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk")
    Letter.objects.all().delete()
    make.edit(rfc, cast.product_manager, body=make.body(open_questions="None."))
    assert mailed() == []
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="New limit."))
    letter = Letter.objects.get()
    assert (letter.person, letter.path) == (cast.risk, f"/rfcs/{rfc.key}/compare/v1/v3")
    assert "Risks and compliance changed" in letter.text


def test_the_list_costs_the_same_for_one_and_many(cast, django_assert_num_queries):
    rfc = make.published_rfc(cast, flags=["money"])
    would_tell(rfc, cast.product_manager)
    with CaptureQueriesContext(connection) as few:
        would_tell(rfc, cast.product_manager)
    today = timezone.localdate()
    for n in range(3):
        person = _person(f"more.{n}", f"More {n}")
        Membership.objects.create(person=person, role=Role.RISK, line=cast.payments)
        Delegation.objects.create(
            person=cast.risk,
            delegate=person,
            function="risk",
            starts_on=today - timedelta(n),
            ends_on=today,
        )
    with django_assert_num_queries(len(few)):
        would_tell(rfc, cast.product_manager)


def test_asking_for_a_look_can_publish_the_draft_first(cast, as_, api_as):
    rfc = make.published_rfc(cast)
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, body=make.body(scope="More"))
    browser, path = as_(cast.product_manager), f"/rfcs/{rfc.key}/look"
    assert "Publish the draft first" in browser.get(path).content.decode()
    assert "Publish the draft first" not in as_(cast.risk).get(path).content.decode()
    told = {"people": [cast.risk.pk], "note": "The scope", "publish": "on"}
    assert browser.post(path, told).status_code == 302
    rfc.refresh_from_db()
    assert (rfc.revision_count, rfc.looks.get().person) == (2, cast.risk)
    assert mailed() == []
    answer = api_as(cast.reader).post(
        f"/api/v1/rfcs/{rfc.key}/looks/", {"people": [cast.finance.pk]}, format="json"
    )
    assert answer.json()["people"][0]["name"] == "Fin Ance"
