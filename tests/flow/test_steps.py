"""The doorman: one look shows everything, one step leaves one row, refusals stay on record."""

import pytest
from django.db import IntegrityError, transaction

from config.flow.errors import GatesUnmet, NotYours, WrongState
from config.flow.signals import step_taken
from config.flow.steps import explain, steps, take
from initiatives.models import Initiative, InitiativeStep
from tests.factories.initiatives import in_phase, proposed, triaged, waive


def test_steps_show_label_permission_and_what_is_missing(cast):
    views = {view.name: view for view in steps(proposed(cast), cast.reader)}
    accept = views["accept"]
    assert sorted(views) == ["accept", "decline", "mark-duplicate", "snooze", "wake"]
    assert (accept.label, accept.permitted, accept.open) == ("Accept", False, False)
    assert [r.gate for r in accept.missing] == ["owned", "duplicates_checked"]
    assert accept.who == ["Petra Manager"]
    assert views["snooze"].asks[0].label == "Show again on"


def test_a_step_that_does_not_start_here_is_not_explained(cast):
    assert explain(proposed(cast), "start-rfc", cast.product_manager) is None


def test_taking_a_step_records_who_what_and_what_each_gate_saw(cast):
    made = take(triaged(cast), "accept", actor=cast.product_manager, note=" Good. ")
    record = made.steps_taken.get()
    assert (record.step, record.from_state, record.to_state) == ("accept", "intake", "discovery")
    assert (record.actor_name, record.note, record.attempt) == ("Petra Manager", "Good.", 1)
    assert record.actor_roles == "Product manager, Checkout"
    assert [(r["gate"], r["verdict"]) for r in record.requirements] == [
        ("owned", "met"),
        ("line_named", "met"),
        ("source_fields_complete", "met"),
        ("duplicates_checked", "met"),
    ]
    assert made.flow_version == record.from_version + 1


def test_refused_attempts_stay_on_record_and_count(cast):
    made = proposed(cast)
    for _ in range(2):
        with pytest.raises(GatesUnmet):
            take(made, "accept", actor=cast.product_manager)
    with pytest.raises(NotYours):
        take(made, "accept", actor=cast.reader)
    found = list(made.steps_taken.order_by("id").values_list("attempt", "taken", "refusal"))
    assert found == [(1, False, "gates-unmet"), (2, False, "gates-unmet"), (3, False, "not-yours")]


def test_a_refusal_gives_every_reason_with_its_link(cast):
    made = proposed(cast, line=None, title="Lineless")
    with pytest.raises(GatesUnmet) as caught:
        take(made, "accept", actor=cast.product_manager)
    assert [(m["gate"], m["link"]) for m in caught.value.missing()] == [
        ("owned", f"/initiatives/{made.key}/edit#id_owner"),
        ("line_named", f"/initiatives/{made.key}/edit#id_line"),
        ("duplicates_checked", f"/initiatives/{made.key}/duplicates"),
    ]


def test_the_state_is_looked_up_from_the_locked_row(cast):
    made = triaged(cast)
    stale = Initiative.objects.get(pk=made.pk)
    take(made, "accept", actor=cast.product_manager)
    with pytest.raises(WrongState):
        take(stale, "accept", actor=cast.product_manager)


def test_a_waived_gate_reads_waived_in_the_record(cast):
    made = in_phase(cast, "discovery")
    for gate in (
        "hypothesis_first",
        "evidence_sufficient",
        "supported_verdict",
        "promised_kpi",
        "ranked",
    ):
        waive(cast, made, gate)
    take(made, "start-rfc", actor=cast.product_manager)
    verdicts = {r["gate"]: r["verdict"] for r in made.steps_taken.first().requirements}
    assert (verdicts["ranked"], verdicts["lines_match_kpis"]) == ("waived", "met")


def test_the_system_takes_no_step_that_does_not_name_it(cast):
    with pytest.raises(NotYours):
        take(proposed(cast), "decline", actor=None, note="No.")


def test_news_is_sent_inside_the_transaction(cast):
    heard = []

    def hear(subject, record, **_):
        heard.append((subject.phase, record.step, transaction.get_connection().in_atomic_block))

    step_taken.connect(hear, sender=Initiative)
    try:
        take(triaged(cast), "accept", actor=cast.product_manager)
    finally:
        step_taken.disconnect(hear, sender=Initiative)
    assert heard == [("discovery", "accept", True)]


def test_two_taken_steps_from_one_version_are_refused_by_the_database(cast):
    made = take(triaged(cast), "accept", actor=cast.product_manager)
    record = made.steps_taken.get()
    record.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save(force_insert=True)
    assert InitiativeStep.objects.filter(subject=made).count() == 1


def test_assigning_the_state_raises(cast):
    with pytest.raises(AttributeError):
        proposed(cast).phase = "closed"


def test_an_unknown_state_is_refused_by_the_database(cast):
    made = proposed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=made.pk).update(phase="lunch")


def test_parking_remembers_where_and_resuming_returns_there(cast):
    made = take(in_phase(cast, "rfc"), "park", actor=cast.product_manager, note="Wait.")
    assert (made.phase, made.parked_from) == ("parked", "rfc")
    assert take(made, "resume", actor=cast.product_manager).phase == "rfc"
