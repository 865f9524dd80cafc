"""Every state of a target × every step × every role, and every door to the step."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from config.flow.errors import Refusal
from config.flow.steps import steps
from kpis.actions.target import take_target_step
from kpis.models import TargetStep

MAY = {"product_manager", "business_leader", "cpo"}  # the product manager owns the KPI
GRID = {
    # state: {step: what happens to those who may}
    "proposed, bare": {"commit": "gates-unmet", "retire": "retired"},
    "proposed": {"commit": "committed", "retire": "retired"},
    "committed": {"commit": "wrong-state", "retire": "retired"},
    "retired": {"commit": "wrong-state", "retire": "wrong-state"},
}


@pytest.fixture
def reach(kpi, record, propose, cast):
    """A target in a state, reached by its real steps."""

    def walk(state):
        target = propose(kpi, baseline_from=() if "bare" in state else record(kpi, [52]))
        for step in {"committed": ["commit"], "retired": ["retire"]}.get(state, []):
            target = take_target_step(
                target=target, step=step, actor=cast.product_manager, note="So."
            )
        return target

    return walk


def outcome(target, step, person):
    with transaction.atomic():
        try:
            found = take_target_step(target=target, step=step, actor=person, note="So.").state
        except Refusal as refusal:
            found = refusal.slug
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("state", GRID)
def test_every_state_step_and_role(state, reach, cast):
    target = reach(state)
    for step, expected in GRID[state].items():
        for part, person in cast.people().items():
            allowed = expected if part in MAY or expected == "wrong-state" else "not-yours"
            assert (part, outcome(target, step, person)) == (part, allowed)


def test_what_is_shown_is_what_is_enforced(reach, cast):
    shown = {s.name: s.open for s in steps(reach("proposed, bare"), cast.business_leader)}
    assert shown == {"commit": False, "retire": True}


def test_a_refused_attempt_stays_on_record(reach, cast):
    target = reach("proposed, bare")
    with pytest.raises(Refusal):
        take_target_step(target=target, step="commit", actor=cast.designer)
    row = TargetStep.objects.get()
    assert (row.taken, row.refusal, row.actor_roles) == (
        False,
        "not-yours",
        "UX designer, Checkout",
    )


def test_every_door_says_the_same(reach, as_, api_as, cast):
    target = reach("proposed, bare")
    address = target.get_absolute_url()
    api = api_as(cast.business_leader).post(f"/api/v1{address}/steps/commit/").json()["sentences"]
    page = as_(cast.business_leader).post(f"{address}/steps/commit").content.decode()
    with pytest.raises(CommandError) as command:
        call_command("step", "target", str(target.pk), "commit", "--as", cast.business_leader.email)
    with pytest.raises(Refusal) as action:
        take_target_step(target=target, step="commit", actor=cast.business_leader)
    assert str(command.value).split("\n") == api == action.value.sentences
    assert all(sentence in page.replace("&#x27;", "'") for sentence in api)


def test_every_door_takes_the_step(reach, as_, api_as, cast):
    for door in ("page", "api", "command"):
        target = reach("proposed")
        address = target.get_absolute_url()
        if door == "page":
            as_(cast.business_leader).post(f"{address}/steps/commit")
        elif door == "api":
            api_as(cast.business_leader).post(f"/api/v1{address}/steps/commit/")
        else:
            mail = cast.business_leader.email
            call_command(
                "step", "target", str(target.pk), "commit", "--as", mail, stdout=StringIO()
            )
        target.refresh_from_db()
        assert (door, target.state) == (door, "committed")
        take_target_step(target=target, step="retire", actor=cast.business_leader, note="Next.")
