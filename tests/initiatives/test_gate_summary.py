"""What gates lack is stored, kept by doubts of the database, and shown to those who can mend it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.flow.steps import explain
from initiatives import doubts
from initiatives.actions import gate_summary
from initiatives.actions.gate_summary import doubt_stale, judge, settle_doubts
from initiatives.actions.steps import take_step
from initiatives.actions.talk import comment
from initiatives.actions.waiver import withdraw_waiver
from initiatives.models import GateDoubt, GateSummary, Initiative
from initiatives.queries.home import everything_for
from initiatives.queries.needs_gates import gates_lacking_one_thing
from tests.factories.initiatives import WALK, in_phase, proposed, triaged, waive


def in_doubt():
    return set(GateDoubt.objects.values_list("initiative", flat=True))


def lacking_but(cast, phase, gate, **more):
    """An initiative whose next step lacks all that one gate asks; the others are waived."""
    found = in_phase(cast, phase, **more)
    step, _part = WALK[next(p for p in list(WALK)[list(WALK).index(phase) + 1 :])]
    for requirement in explain(found, step, cast.product_manager).missing:
        if requirement.gate != gate:
            waive(cast, found, requirement.gate)
    settle_doubts()
    return found


def rows_of(person):
    return [row for row in everything_for(person) if row.kind == "gate"]


@pytest.mark.django_db
def test_what_a_gate_reads_is_in_doubt_once_it_changes(cast):
    found = in_phase(cast, "discovery")
    settle_doubts()
    assert in_doubt() == set()
    comment(initiative=found, actor=cast.tpm, text="No gate reads remarks.")
    assert in_doubt() == set()
    waive(cast, found, "ranked")
    assert in_doubt() == {found.pk}
    settle_doubts()
    Initiative.objects.filter(pk=found.pk).update(no_design_reason="Nothing to see.")
    assert in_doubt() == {found.pk}


@pytest.mark.django_db
def test_a_score_or_an_unchanged_row_raises_no_doubt(cast):
    found = in_phase(cast, "discovery")
    settle_doubts()
    Initiative.objects.filter(pk=found.pk).update(score=5, title="Another title")
    Initiative.objects.filter(pk=found.pk).update(owner=found.owner)
    assert in_doubt() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("phase", ["intake", *list(WALK)[:-1]])
def test_every_table_a_gate_reads_raises_doubts(phase, cast):
    found = in_phase(cast, phase)
    with CaptureQueriesContext(connection) as seen:
        judge([found.pk])
    told = " ".join(
        one["sql"] for one in seen.captured_queries if one["sql"].startswith(("SELECT", "("))
    )
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', told))
    named_only = {
        "accounts_person", "accounts_businessline", "initiatives_gatesummary",
        # Connections give the name of a project; which one an issue belongs to is in the issue.
        "initiatives_jiraconnection",
    }  # fmt: skip
    assert read - named_only <= set(doubts.READ)


@pytest.mark.django_db
def test_triggers_stand_on_every_table_named(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'initiatives_doubt_%'"
        )
        standing = [row[0] for row in cursor.fetchall()]
    assert sorted(standing) == sorted(list(doubts.READ) * 3)


@pytest.mark.django_db
def test_the_summary_counts_things_and_names_the_only_one(cast):
    found = lacking_but(cast, "discovery", "promised_kpi")
    seen = GateSummary.objects.get(initiative=found)
    assert (seen.phase, seen.step, seen.lacking, seen.gate) == (
        "discovery",
        "start-rfc",
        1,
        "promised_kpi",
    )
    assert seen.sentence.startswith("It promises nothing yet")
    assert seen.link == found.tab_url("metrics") + "#promise"
    withdraw_waiver(waiver=found.waivers.first(), actor=cast.business_leader)
    settle_doubts()
    seen.refresh_from_db()
    assert (seen.lacking > 1, seen.sentence) == (True, "")


@pytest.mark.django_db
def test_home_names_the_one_thing_and_where_it_is_mended_until_it_is(cast):
    found = lacking_but(cast, "discovery", "promised_kpi")
    (row,) = rows_of(cast.product_manager)
    assert "only this keeps it from “Start RFC”: It promises nothing yet" in row.meta
    assert timezone.localtime().strftime("%H:") in row.meta
    assert row.action_href == found.tab_url("metrics") + "#promise"
    assert not [r for r in everything_for(cast.product_manager) if r.kind == "step"]
    waive(cast, found, "promised_kpi")
    settle_doubts()
    assert rows_of(cast.product_manager) == []
    assert GateSummary.objects.get(initiative=found).lacking == 0


@pytest.mark.django_db
def test_only_those_who_can_mend_it_see_it(cast):
    lacking_but(cast, "discovery", "ranked")
    told = {
        name for name, person in vars(cast).items() if hasattr(person, "email") and rows_of(person)
    }
    assert told == {"product_manager", "business_leader"}


@pytest.mark.django_db
def test_a_verdict_is_wanted_from_those_who_judge(cast):
    lacking_but(cast, "discovery", "supported_verdict")
    told = {
        name for name, person in vars(cast).items() if hasattr(person, "email") and rows_of(person)
    }
    assert {"product_manager", "business_leader", "designer"} <= told
    assert not told & {"reader", "outsider", "requester", "tpm"}


@pytest.mark.django_db
def test_what_only_a_waiver_opens_is_the_leaders(cast):
    lacking_but(cast, "build", "quality_gates_passed")
    assert rows_of(cast.tpm) == rows_of(cast.product_manager) == []
    (row,) = rows_of(cast.business_leader)
    assert "/waivers?gate=quality_gates_passed" in row.action_href


@pytest.mark.django_db
@pytest.mark.parametrize("phase", ["parked", "declined", "closed"])
def test_nothing_is_said_of_what_is_not_live(phase, cast):
    found = in_phase(cast, phase)
    settle_doubts()
    assert not GateSummary.objects.filter(initiative=found).exists()
    for person in (cast.product_manager, cast.business_leader, cast.tpm):
        assert rows_of(person) == []


@pytest.mark.django_db
def test_a_summary_of_the_phase_before_says_nothing(cast):
    found = lacking_but(cast, "discovery", "promised_kpi")
    waive(cast, found, "promised_kpi")
    take_step(found, "start-rfc", actor=cast.product_manager)
    assert GateSummary.objects.get(initiative=found).phase == "discovery"
    assert rows_of(cast.product_manager) == []


@pytest.mark.django_db
def test_an_upgrade_puts_everything_open_in_doubt_and_due_work_fills_it_in(cast):
    live, waiting, declined = in_phase(cast, "coding"), proposed(cast), in_phase(cast, "declined")
    GateDoubt.objects.all().delete()
    GateSummary.objects.all().delete()
    with connection.schema_editor() as editor:
        doubts.doubt_all(None, editor)
    assert in_doubt() == {live.pk, waiting.pk}
    assert settle_doubts() == 2
    assert set(GateSummary.objects.values_list("pk", flat=True)) == {live.pk, waiting.pk}
    assert not GateSummary.objects.filter(initiative=declined).exists()


@pytest.mark.django_db
def test_what_was_not_asked_for_a_day_is_in_doubt(cast):
    old, fresh, never = (triaged(cast, title=f"Number {n}") for n in range(3))
    settle_doubts()
    GateSummary.objects.filter(pk=old.pk).update(judged_at=timezone.now() - timedelta(hours=25))
    GateSummary.objects.filter(pk=never.pk).delete()
    assert doubt_stale() == 2
    assert in_doubt() == {old.pk, never.pk}
    assert doubt_stale() == 0, "it is in doubt already"
    assert fresh.pk not in in_doubt()


@pytest.mark.django_db
def test_an_answer_never_replaces_a_later_one(cast):
    found = triaged(cast)
    later = timezone.now() + timedelta(minutes=1)
    settle_doubts()
    GateSummary.objects.filter(pk=found.pk).update(judged_at=later, lacking=7)
    judge([found.pk])
    assert GateSummary.objects.get(pk=found.pk).lacking == 7


@pytest.mark.django_db
def test_one_broken_gate_does_not_hold_up_the_others(cast, monkeypatch):
    broken, sound = triaged(cast, title="Broken"), triaged(cast, title="Sound")
    ask = gate_summary.ahead
    monkeypatch.setattr(
        gate_summary, "ahead", lambda row: 1 / 0 if row.pk == broken.pk else ask(row)
    )
    settle_doubts()
    assert set(GateSummary.objects.values_list("pk", flat=True)) == {sound.pk}
    assert in_doubt() == set()


@pytest.mark.django_db
def test_the_list_and_the_api_filter_by_what_the_next_step_lacks(cast, as_, api_as):
    one = lacking_but(cast, "discovery", "promised_kpi", title="Lacks one")
    ready, many = (
        triaged(cast, title="Lacks nothing"),
        in_phase(cast, "discovery", title="Lacks many"),
    )
    settle_doubts()
    page = as_(cast.reader).get("/initiatives?lacks=one").content.decode()
    assert one.title in page
    assert many.title not in page
    keys = {
        lacks: [
            row["key"]
            for row in api_as(cast.reader)
            .get(f"/api/v1/initiatives/?lacks={lacks}")
            .json()["results"]
        ]
        for lacks in ("one", "nothing")
    }
    assert keys == {"one": [one.key], "nothing": [ready.key]}


@pytest.mark.django_db
def test_home_finds_a_persons_few_by_an_index_of_those_that_lack_one(cast):
    lacking_but(cast, "discovery", "ranked")
    asked = next(gates_lacking_one_thing(cast.business_leader))()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = asked.explain()
    assert re.search(r"gate_summary_(of|lacks)_", plan)
    assert "Seq Scan" not in plan


@pytest.mark.django_db
def test_home_shows_at_once_whose_it_became(cast):
    found = lacking_but(cast, "discovery", "promised_kpi")
    Initiative.objects.filter(pk=found.pk).update(owner=cast.outsider)
    assert rows_of(cast.product_manager) == rows_of(cast.outsider) == []
    settle_doubts()
    assert len(rows_of(cast.outsider)) == 1
