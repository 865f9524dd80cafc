"""Silence, health, the API and what is told elsewhere: reviews over time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Letter
from config.flow.errors import NotYours, Refusal
from rfc.actions.comments import comment
from rfc.actions.deciding import take_step
from rfc.actions.delegating import delegate
from rfc.actions.expiring import keep, look_after_idle
from rfc.models import RFC, Reading
from rfc.queries.health import Asked, review_health
from rfc.queries.home import awaiting
from tests.factories import rfc as make


@pytest.fixture
def stale(cast):
    """Risk approved r1; r3 says something else about risks."""
    return make.stale_rfc(cast)


def text(answer):
    return " ".join(answer.content.decode().split())


def quiet_for(rfc, days):
    """As if nothing had happened for so many days."""
    then = timezone.now() - timedelta(days=days)
    with transaction.atomic():
        RFC.objects.filter(pk=rfc.pk).update(changed_at=then, state_entered_at=then, kept_at=None)
        rfc.draft.__class__.objects.filter(rfc=rfc).update(updated_at=then)


def test_silence_warns_first_and_expires_later(cast, as_):
    rfc = make.published_rfc(cast)
    quiet_for(rfc, 80)
    assert look_after_idle() == (1, 0)
    assert look_after_idle() == (0, 0)
    letter = Letter.objects.get()
    assert (letter.person, letter.subject[: len(rfc.key) + 11]) == (
        cast.product_manager,
        f"{rfc.key} expires on",
    )
    assert f"{rfc.key} expires on " in text(as_(cast.product_manager).get(f"/rfcs/{rfc.key}"))
    assert look_after_idle(timezone.now() + timedelta(days=13)) == (0, 0)
    assert look_after_idle(timezone.now() + timedelta(days=15)) == (0, 1)
    rfc.refresh_from_db()
    assert (rfc.phase, rfc.steps_taken.first().actor_name) == ("expired", "Gateline")
    page = as_(cast.product_manager).get(f"/rfcs/{rfc.key}")
    assert "Reopen it" in text(page)
    as_(cast.product_manager).post(f"/rfcs/{rfc.key}/steps/reopen")
    rfc.refresh_from_db()
    assert rfc.phase == "draft"
    assert look_after_idle() == (0, 0)


@pytest.mark.parametrize("act", ["keep", "comment", "edit"])
def test_any_act_keeps_it(cast, as_, act):
    rfc = make.published_rfc(cast)
    quiet_for(rfc, 80)
    look_after_idle()
    if act == "keep":
        with pytest.raises(NotYours):
            keep(rfc=rfc, actor=cast.reader)
        as_(cast.product_manager).post(f"/rfcs/{rfc.key}/goes-on")
    elif act == "comment":
        comment(rfc=rfc, actor=cast.reader, text="Still wanted.")
    else:
        make.edit(rfc, cast.product_manager, body=make.body(scope="Wanted."))
    assert f"{rfc.key} expires on " not in text(as_(cast.product_manager).get(f"/rfcs/{rfc.key}"))
    look_after_idle(timezone.now() + timedelta(days=15))
    rfc.refresh_from_db()
    assert rfc.phase == "draft"


def test_a_declined_rfc_comes_back_only_with_a_reason(cast):
    rfc = make.rfc_in_review(cast)
    rfc = take_step(rfc, "decline", actor=cast.business_leader, note="Too early.")
    with pytest.raises(Exception, match="needs a reason"):
        take_step(rfc, "reopen", actor=cast.product_manager)


def test_the_health_tells_rubber_stamps_of_teams_of_several(cast, as_, settings):
    settings.REVIEW_HEALTH_LEAST_PEOPLE = 2
    rfc = make.rfc_in_review(cast, flags=["money"])
    RFC.objects.filter(pk=rfc.pk).update(owning_team=cast.checkout)
    for person, function, minutes in ((cast.risk, "risk", 0), (cast.architect, "architect", 9)):
        make.saw(rfc, person, since=None)
        opened = timezone.now() - timedelta(minutes=minutes)
        Reading.objects.filter(person=person).update(opened_at=opened, last_at=opened)
        make.answer(rfc, person, function)
    found = review_health(cast.reader, Asked())
    team = found.teams[0]
    assert (team.name, team.approvals, team.quick, team.quick_share) == ("Checkout", 2, 1, 0.5)
    assert (team.all_approve, [t.name for t in found.unanimous]) == (True, ["Checkout"])
    by_function = {row.function: row for row in found.functions}
    assert (by_function["risk"].answered, by_function["finance"].open) == (1, 1)
    settings.REVIEW_HEALTH_LEAST_PEOPLE = 3
    team = review_health(cast.reader, Asked()).teams[0]
    assert (team.quick_share, team.all_approve) == (None, None)
    page = text(as_(cast.reader).get("/rfcs/health"))
    assert "too few people" in page
    assert cast.risk.name not in page


def test_the_health_counts_what_stands_still_and_what_is_stale(cast, as_, stale, api_as):
    make.accepted_rfc(cast)
    found = review_health(cast.reader, Asked(idle=30))
    assert (found.totals["stale"], found.totals["zombies"]) == (1, 0)
    quiet_for(stale, 40)
    stale.positions.model.objects.none()
    assert review_health(cast.reader, Asked(idle=30)).totals["zombies"] == 0
    told = api_as(cast.reader).get("/api/v1/rfc-health/?idle=30&days=30").json()
    assert told["asked"] == {"days": 30, "idle": 30, "team": "", "line": ""}
    assert told["teams"][0]["stale"] == 1
    assert "Nothing to tell yet" in text(as_(cast.reader).get("/rfcs/health?line=cards"))
    assert as_(cast.reader).get("/rfcs/health?days=7&team=x").status_code == 200


def test_waits_count_working_time(cast, as_, settings):
    friday, monday = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (20, 23))
    with time_machine.travel(friday, tick=False):
        rfc = make.rfc_in_review(cast, flags=["money"])
    with time_machine.travel(monday, tick=False):
        make.answer(rfc, cast.risk, "risk")
        rows = {row.function: row for row in review_health(cast.reader, Asked()).functions}
        page = text(as_(cast.reader).get("/rfcs/health"))
    assert rows["risk"].median_hours == pytest.approx(24)
    assert rows["finance"].oldest_hours == pytest.approx(24)
    assert "24 h" in page
    assert "Monday to Friday" in page
    settings.HOLIDAYS = ("2026-11-23",)
    rows = {row.function: row for row in review_health(cast.reader, Asked(), monday).functions}
    assert rows["finance"].oldest_hours == pytest.approx(12, abs=1)


def test_the_health_costs_the_same_for_one_and_three(cast, as_, stale):
    with CaptureQueriesContext(connection) as few:
        review_health(cast.reader, Asked())
    for _ in range(2):
        make.rfc_in_review(cast, flags=["money"])
    with CaptureQueriesContext(connection) as many:
        review_health(cast.reader, Asked())
    assert len(many) == len(few)


def test_the_api_compares_asks_names_and_reaffirms(cast, api_as, stale):
    risk, here = api_as(cast.risk), f"/api/v1/rfcs/{stale.key}"
    told = {"function": "risk", "revision": 3}
    assert risk.post(f"{here}/reaffirm/", told, format="json").status_code == 409
    shown = risk.get(f"{here}/compare/1/3/").json()
    assert [(s["heading"], s["kind"]) for s in shown["sections"]] == [
        ("Risks and compliance", "changed")
    ]
    assert risk.post(f"{here}/reaffirm/", told, format="json").status_code == 201
    assert risk.get(f"{here}/compare/1/9/").status_code == 404
    rows = risk.get("/api/v1/rfc-queue/?function=finance").json()
    assert rows == []
    manager = api_as(cast.product_manager)
    named = manager.post(f"{here}/name/", {"name": "pilot", "revision": 2}, format="json")
    assert (named.status_code, named.json()["name"]) == (200, "pilot")
    draft = make.published_rfc(cast)
    path = f"/api/v1/rfcs/{draft.key}/ask/"
    listed = manager.get(path).json()
    assert [each["person"]["name"] for each in listed["told"]] == ["Ari Architect", "Bo Leader"]
    wrong = manager.post(path, {"listed": "1"}, format="json")
    assert wrong.status_code == 409
    right = manager.post(path, {"listed": listed["listed"]}, format="json")
    assert right.json()["state"] == "in_review"
    assert Letter.objects.filter(key__startswith=f"rfc-decision:{draft.pk}").count() == 2


def test_the_api_hands_over_and_takes_back(cast, api_as):
    risk = api_as(cast.risk)
    ends = (timezone.localdate() + timedelta(days=3)).isoformat()
    told = {"function": "risk", "delegate": cast.support.pk, "ends_on": ends}
    made = risk.post("/api/v1/rfc-delegations/", told, format="json")
    assert (made.status_code, made.json()["delegate"]["name"]) == (201, "Sue Support")
    assert len(api_as(cast.support).get("/api/v1/rfc-delegations/").json()["results"]) == 1
    path = f"/api/v1/rfc-delegations/{made.json()['id']}/end/"
    assert api_as(cast.reader).post(path).status_code == 404
    assert risk.post(path).json()["ended_at"]


@pytest.fixture
def replaced(cast):
    """An RFC that another one took the place of."""
    rfc, by = make.accepted_rfc(cast), make.published_rfc(cast, title="Better settlement")
    take_step(rfc, "supersede", actor=cast.product_manager, successor=by)
    rfc.refresh_from_db()
    return rfc


def test_what_was_superseded_says_by_what_wherever_it_is_mentioned(cast, as_, replaced):
    by = replaced.superseded_by
    body = make.body(motivation=f"As [decided](/rfcs/{replaced.key}) before.")
    mentions = make.published_rfc(cast, title="A third one", text=body)
    page = text(as_(cast.reader).get(f"/rfcs/{mentions.key}"))
    assert f'superseded by <a href="/rfcs/{by.key}">{by.key}</a>' in page
    reader = as_(cast.reader)
    assert f"Superseded by {by.key}" in text(reader.get("/rfcs"))
    assert f"Superseded by {by.key}" in text(reader.get(f"/rfcs/{replaced.key}"))
    assert f"Superseded by {by.key}" in text(reader.get("/search?q=settlement"))


def test_the_successor_names_what_it_supersedes(cast, as_, replaced):
    page = text(as_(cast.reader).get(f"/rfcs/{replaced.superseded_by.key}"))
    assert f'<dt>Supersedes</dt><dd><a class="link" href="/rfcs/{replaced.key}">' in page
    assert "<dt>Supersedes</dt>" not in text(as_(cast.reader).get(f"/rfcs/{replaced.key}"))


def test_a_successor_is_one_that_holds(cast, replaced):
    other, declined = make.accepted_rfc(cast, title="Third"), make.rfc_in_review(cast)
    declined = take_step(declined, "decline", actor=cast.business_leader, note="No.")
    by = replaced.superseded_by
    for successor, said in (
        (replaced, f"{replaced.key} was superseded itself, by {by.key}; name the one"),
        (declined, f"{declined.key} is declined; a successor is one"),
        (other, "cannot be its own successor"),
    ):
        with pytest.raises(Refusal, match=said):
            take_step(other, "supersede", actor=cast.product_manager, successor=successor)


def test_threads_and_files_say_it_too(cast, as_, replaced, settings):
    by, reader = replaced.superseded_by, as_(cast.reader)
    full = f"{settings.BASE_URL}/rfcs/{replaced.key}"
    body = make.body(motivation=f"As [decided]({full}) or [so](https://else.example/rfcs/RFC-1).")
    third = make.published_rfc(cast, title="A third one", text=body)
    talked = comment(rfc=third, actor=cast.reader, text=f"What of {replaced.key}?")
    page = text(reader.get(f"/rfcs/{third.key}"))
    said = f'superseded by <a href="/rfcs/{by.key}">{by.key}</a>'
    assert page.count(said) == 2
    assert said in page.partition(f'id="comment-{talked.pk}"')[2]
    there = f'superseded by <a href="{settings.BASE_URL}/rfcs/{by.key}">{by.key}</a>'
    assert text(reader.get(f"/rfcs/{third.key}.html")).count(there) == 1


def test_a_file_is_sent_anew_once_what_it_mentions_was_replaced(cast, as_):
    old, by = make.accepted_rfc(cast), make.published_rfc(cast, title="Better")
    body = make.body(motivation=f"As [decided](/rfcs/{old.key}).")
    third = make.published_rfc(cast, title="A third one", text=body)
    reader, place = as_(cast.reader), f"/rfcs/{third.key}.html"
    known = {"If-None-Match": reader.get(place)["ETag"]}
    assert reader.get(place, headers=known).status_code == 304
    take_step(old, "supersede", actor=cast.product_manager, successor=by)
    assert reader.get(place, headers=known).status_code == 200


def test_the_list_says_what_acceptance_still_needs(cast, as_):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.architect, "architect")
    make.answer(
        rfc, cast.risk, "risk", "block", text="No limit.", resolution_owner=cast.product_manager
    )
    page = text(as_(cast.reader).get("/rfcs"))
    assert "Still needed: Risk to close a block; Finance" in page
    told = RFC.objects.get(pk=rfc.pk)
    make.answer(told, cast.risk, "risk")
    make.answer(told, cast.finance, "finance")
    assert "Still needed: the comment window to end" in text(as_(cast.reader).get("/rfcs"))


def test_home_knows_silence_and_stand_ins(cast):
    rfc = make.published_rfc(cast)
    quiet_for(rfc, 80)
    look_after_idle()
    assert [each.kind for each in awaiting(cast.product_manager)] == ["expiry"]
    make.rfc_in_review(cast, flags=["money"])
    day = timezone.localdate()
    delegate(actor=cast.risk, delegate=cast.engineer, function="risk", ends_on=day)
    person = type(cast.engineer).objects.get(pk=cast.engineer.pk)
    assert [(each.kind, each.function) for each in awaiting(person)] == [("position", "risk")]


def test_publishing_may_call_an_edit_editorial_with_a_reason(cast, as_):
    rfc = make.published_rfc(cast)
    rfc.draft.refresh_from_db()
    told = {
        "title": rfc.title,
        "body": make.body(scope="What  we say about scope."),
        "row_version": rfc.draft.row_version,
        "act": "publish",
        "editorial": "on",
    }
    browser, path = as_(cast.product_manager), f"/rfcs/{rfc.key}/edit"
    refused = browser.post(path, told)
    assert refused.status_code == 422
    assert "Say in a few words what kind of edit it is." in text(refused)
    assert browser.post(path, {**told, "editorial_reason": "Spacing"}).status_code == 302
    made = rfc.revisions.first()
    assert (made.number, made.editorial_reason, made.disputed) == (2, "Spacing", False)
