"""The gates from design to closing: satisfied, and one case per reason, equality on sentences."""

import pytest
from django.utils import timezone

from config.flow.errors import GatesUnmet
from initiatives.actions import deepdive, design, tickets
from initiatives.actions.lines import add_line
from initiatives.actions.referral import answer_for_line, close_condition
from initiatives.actions.sprint import open_sprint
from initiatives.gates import deepdive as deep
from initiatives.gates import delivery
from initiatives.gates import design as drawn
from initiatives.models import MockupVersion, Ticket
from tests.factories.walks import (
    in_deep_dive,
    in_design,
    in_discovery,
    in_rfc,
    sprint_ready,
    with_accepted_rfc,
)

pytestmark = pytest.mark.django_db


def said(gate, walk):
    initiative = type(walk.initiative).objects.get(pk=walk.initiative.pk)
    return [m.sentence for m in gate.reasons(initiative)]


def test_design_starts_only_on_an_accepted_rfc_and_a_sketch(cast):
    walk = in_rfc(cast)
    assert said(drawn.accepted_rfc, walk) != []
    assert said(drawn.low_fidelity_mockup, walk) == [
        "There is no mockup yet; a low-fidelity one with one picture is enough to start."
    ]
    with pytest.raises(GatesUnmet):
        walk.step("start-design", "product_manager")


def test_accepted_rfc_target_and_sketch_open_design(cast):
    walk = with_accepted_rfc(cast).sketch()
    for gate in (
        drawn.accepted_rfc,
        drawn.committed_target,
        drawn.low_fidelity_mockup,
        drawn.lines_answered,
    ):
        assert said(gate, walk) == [], gate.name
    assert walk.step("start-design", "product_manager").initiative.phase == "ux_design"


def test_a_promise_without_committed_target_is_named(cast):
    walk = in_discovery(cast)
    assert said(drawn.committed_target, walk) == [
        "It promises no KPI, so no target can be committed."
    ]


def test_a_silent_line_is_named(cast):
    walk = in_discovery(cast)
    share = add_line(initiative=walk.initiative, actor=cast.product_manager, line=cast.cards)
    assert said(drawn.lines_answered, walk) == ["Cards has not answered yet."]
    assert said(deep.lines_accept, walk) == ["Cards has not answered yet."]
    answer_for_line(share=share, actor=cast.cards_leader, answer="declined", note="No people.")
    assert said(drawn.lines_answered, walk) == []
    assert said(deep.lines_accept, walk) == ["Cards declines."]
    answer_for_line(share=share, actor=cast.cards_leader, answer="conditional", note="In May.")
    assert said(deep.lines_accept, walk) == [
        "Cards accepts on a condition that is still open: “In May.”."
    ]
    close_condition(condition=share.conditions.get(), actor=cast.cards_leader, note="It is May.")
    assert said(deep.lines_accept, walk) == []


def test_skipping_design_needs_a_reason_and_a_designer(cast):
    walk = with_accepted_rfc(cast)
    assert said(drawn.no_user_facing_change, walk) == [
        "Nobody has stated why users will see no change."
    ]
    design.state_no_user_change(
        initiative=walk.initiative, actor=cast.product_manager, reason="Only the ledger changes."
    )
    assert said(drawn.no_user_facing_change, walk) == [
        "A designer has not agreed that users will see no change."
    ]
    walk.initiative.refresh_from_db()
    design.agree_no_user_change(initiative=walk.initiative, actor=cast.designer)
    walk.initiative.refresh_from_db()
    assert walk.step("skip-design", "product_manager").initiative.phase == "deep_dive"


def test_only_a_pinned_validated_version_counts(cast):
    walk = in_design(cast)
    assert said(drawn.validated_mockup, walk) == [
        "No high-fidelity version is pinned; pin the one that customers tested."
    ]
    walk.draw(judged=False)
    assert said(drawn.validated_mockup, walk) == [
        "Version 2 is pinned but not validated; record a study with customers and have someone "
        "else judge it."
    ]
    assert said(drawn.no_unjudged_version, walk) == [
        "Version 2 is unjudged; record a study on it and have it judged."
    ]


def test_a_newer_unjudged_version_closes_the_gate_again(cast):
    walk = in_design(cast).draw()
    assert said(drawn.no_unjudged_version, walk) == []
    design.add_mockup_version(initiative=walk.initiative, actor=cast.designer, fidelity="high")
    assert said(drawn.no_unjudged_version, walk) == [
        "Version 3 is unjudged; record a study on it and have it judged."
    ]


def test_holes_of_the_grid_are_counted_per_state(cast):
    walk = in_design(cast).draw()
    assert said(drawn.grid_complete, walk) == []
    design.name_screen(initiative=walk.initiative, actor=cast.designer, name="Balance")
    assert said(drawn.grid_complete, walk)[0] == "One screen has no “filled” state: Balance."
    assert len(said(drawn.grid_complete, walk)) == 10


def test_an_open_must_fix_holds_and_taste_does_not(cast):
    walk = in_design(cast).draw()
    version = MockupVersion.objects.get(mockup_set__initiative=walk.initiative, number=2)
    design.comment_design(version=version, actor=cast.risk, kind="taste", text="Too blue.")
    assert said(drawn.no_open_must_fix, walk) == []
    open_one = design.comment_design(
        version=version, actor=cast.risk, kind="must_fix", text="The fee is shown too late."
    )
    assert said(drawn.no_open_must_fix, walk) == [
        "A must-fix comment is open: “The fee is shown too late.”"
    ]
    design.resolve_design_comment(comment=open_one, actor=cast.risk, resolution="Shown first.")
    assert said(drawn.no_open_must_fix, walk) == []


def test_the_deep_dive_names_each_part_that_is_missing(cast):
    walk = in_deep_dive(cast)
    assert said(deep.has_tickets, walk) == [
        "There is no ticket yet; turn the design into stories and tasks."
    ]
    tickets.write_ticket(initiative=walk.initiative, actor=cast.tpm, title="Bare")
    assert said(deep.tickets_estimated, walk) == ["One ticket has no story points: “Bare”."]
    assert said(deep.tickets_have_criteria, walk) == [
        "One ticket has no acceptance criteria: “Bare”."
    ]
    assert said(deep.tickets_have_test_cases, walk) == ["One ticket has no test cases: “Bare”."]
    assert said(deep.tickets_have_sub_tasks, walk) == ["One ticket has no sub-tasks: “Bare”."]
    assert said(deep.architecture_written, walk) == ["The architectural design is not written yet."]
    assert said(deep.non_functional_written, walk) == [
        "The non-functional baseline (load, latency, security, recovery) is not written yet."
    ]
    assert said(deep.functions_signed_off, walk) == [
        f"{name} has not signed off the deep-dive."
        for name in (
            "Product manager",
            "Engineering architect",
            "Engineer",
            "Quality assurance",
            "Business leader",
            "VP of engineering",
            "Security analyst",
        )
    ]


def test_sending_back_reopens_the_signatures(cast):
    walk = in_deep_dive(cast).break_down(("See it",))
    assert said(deep.functions_signed_off, walk) == []
    walk.step("send-back", "tpm", "The sketch misses a screen.")
    walk.step("start-deep-dive", "designer")
    assert len(said(deep.functions_signed_off, walk)) == 7


def test_a_signature_is_given_once_and_only_for_ones_own_function(cast):
    walk = in_deep_dive(cast).break_down(("See it",), unsigned=("security",))
    with pytest.raises(Exception, match="You do not act for Security analyst"):
        deepdive.sign_off(initiative=walk.initiative, actor=cast.qa, function="security")
    deepdive.sign_off(initiative=walk.initiative, actor=cast.security, function="security")
    with pytest.raises(Exception, match="signed off for Security analyst already"):
        deepdive.sign_off(initiative=walk.initiative, actor=cast.security, function="security")


def test_coding_waits_for_jira_sprint_and_people(cast):
    walk = sprint_ready(cast)
    Ticket.objects.filter(initiative=walk.initiative, title="See it").update(assignee=None)
    assert said(delivery.pushed_to_jira, walk) == [
        "2 tickets are not in Jira or not in step with it: “See it”, “Confirm it”."
    ]
    assert said(delivery.in_sprint_with_goal, walk) == [
        "2 tickets are in no sprint that has a goal: “See it”, “Confirm it”."
    ]
    assert said(delivery.tickets_assigned, walk) == ["One ticket has no assignee: “See it”."]
    today = timezone.localdate()
    sprint = open_sprint(
        line=cast.payments,
        actor=cast.tpm,
        name="S1",
        goal="Money at night",
        start_date=today,
        end_date=today,
    )
    walk.plan(sprint)
    assert said(delivery.in_sprint_with_goal, walk) == []


def test_later_gates_say_which_measurement_they_wait_for(cast):
    walk = in_discovery(cast)
    assert "waits for quality-gate measurements" in said(delivery.quality_gates_passed, walk)[0]
    assert "waits for deployment measurements" in said(delivery.deployed_to_production, walk)[0]
    assert "waits for the measured change" in said(delivery.outcome_reviewed, walk)[0]


def test_done_and_automated_are_read_from_jira_and_the_cases(cast):
    walk = sprint_ready(cast)
    assert said(delivery.tickets_done, walk) == [
        "2 tickets are not merged or done yet, as last read from Jira: “See it”, “Confirm it”."
    ]
    assert said(delivery.test_cases_automated, walk) == ["2 test cases are not automated yet."]
