"""A line as a start-up: founded, researched, decided about, its roles filled, standing."""

import pytest

from accounts.actions import add_membership, declare_order, start_line
from accounts.models import BusinessLine, Membership, Role, StartUp
from accounts.queries import memberships_in, seats, what_comes_next
from config.flow.errors import GatesUnmet, NotAllowed, NotYours, WrongState
from config.flow.steps import explain, steps
from config.flow.telling import take_told
from initiatives.models import Initiative
from tests.factories.walks import believed

pytestmark = pytest.mark.django_db
ORDER = [Role.TPM, Role.GROWTH]


@pytest.fixture
def start(cast) -> StartUp:
    line = start_line(
        actor=cast.cpo, name="Loans", purpose="Shops borrow.",
        product_manager=cast.requester, backfill_order=[],
    )  # fmt: skip
    return line.start


def take(start, step, actor, **given):
    return take_told(start, step, actor=actor, given={"note": "Because.", **given})


def researched(cast, start):
    """An initiative of the line with evidence and a verdict by somebody else."""
    found = believed(cast, title="Loans research").initiative
    Initiative.objects.filter(pk=found.pk).update(line=start.line)
    return found


def invested(cast, start, leadership="leader"):
    researched(cast, start)
    declare_order(actor=cast.cpo, line=start.line, backfill_order=ORDER)
    return take(start, "invest", cast.cpo, leadership=leadership)


def test_only_the_officer_starts_one_and_the_manager_acts_in_every_role(cast, start):
    held = memberships_in(start.line)
    assert {m.person for m in held} == {cast.requester}
    assert [m.role for m in held if not m.acting] == ["product_manager"]
    assert {s.state for s in seats(start.line, held)} == {"filled", "acting"}
    for person in (cast.administrator, cast.business_leader):
        with pytest.raises(NotYours):
            start_line(
                actor=person, name="Mine", purpose="", product_manager=cast.reader,
                backfill_order=[],
            )  # fmt: skip


def test_a_manager_of_another_team_is_offered_as_a_move(cast, as_):
    told = {"name": "Loans", "purpose": "x", "time_zone": "UTC",
            "product_manager": cast.product_manager.pk}  # fmt: skip
    answer = as_(cast.cpo).post("/teams/start-up", told)
    assert answer.status_code == 422
    assert "Move the person here" in answer.content.decode()
    assert not BusinessLine.objects.filter(name="Loans").exists()
    assert as_(cast.cpo).post("/teams/start-up", {**told, "move": "yes"}).status_code == 302
    assert Membership.objects.get(team=cast.checkout, person=cast.product_manager).ended_at


def test_the_gate_names_everything_that_is_missing(cast, start):
    with pytest.raises(GatesUnmet) as refusal:
        take(start, "invest", cast.cpo, leadership="leader")
    said = " ".join(refusal.value.sentences)
    for part in ("no quantitative evidence", "no qualitative evidence", "no verdict",
                 "order in which the roles will be filled"):  # fmt: skip
        assert part in said
    assert start.steps_taken.get().taken is False
    with pytest.raises(NotYours):
        take(start, "invest", cast.requester, leadership="leader")


def test_investing_keeps_the_evidence_it_rested_on(cast, start):
    moved = invested(cast, start)
    assert (moved.phase, moved.leadership) == ("backfilling", "leader")
    assert {e["kind"] for e in moved.evidence} == {"quantitative", "qualitative"}
    assert moved.line.backfill_order[:2] == ORDER


def test_investing_asks_who_leads(cast, start):
    researched(cast, start)
    declare_order(actor=cast.requester, line=start.line, backfill_order=ORDER)
    with pytest.raises(GatesUnmet, match="Who leads"):
        take(start, "invest", cast.cpo)
    with pytest.raises(GatesUnmet, match="Say who leads"):
        take(start, "invest", cast.cpo, leadership="me")


def test_the_manager_who_goes_on_is_business_leader_for_good(cast, start):
    moved = invested(cast, start, "product_manager")
    held = Membership.objects.get(line=moved.line, role=Role.BUSINESS_LEADER, ended_at=None)
    assert (held.person, held.acting) == (cast.requester, False)


def test_filling_a_role_takes_it_over_and_the_page_says_what_comes_next(cast, start, as_):
    moved = invested(cast, start)
    page = as_(cast.reader).get(f"{moved.line.get_absolute_url()}/start-up").content.decode()
    assert "Next to be filled: Technical product manager, where Rae Requester acts." in page
    team = moved.line.teams.get()
    add_membership(actor=cast.cpo, person=cast.reader, role=Role.TPM, team=team)
    held = memberships_in(moved.line)
    assert [m.person for m in held if m.role == Role.TPM] == [cast.reader]
    assert "Growth" in what_comes_next(moved, seats(moved.line, held))


def test_the_line_stands_when_every_role_is_filled(cast, start):
    moved = invested(cast, start)
    with pytest.raises(GatesUnmet) as refusal:
        take(moved, "stand", cast.cpo)
    assert "business leader who was to be brought in" in " ".join(refusal.value.sentences)
    Membership.objects.filter(team__line=moved.line).update(acting=False)
    add_membership(actor=cast.cpo, person=cast.reader, role=Role.BUSINESS_LEADER, line=moved.line)
    stands = take(moved, "stand", cast.cpo)
    assert stands.phase == "standing"
    assert not BusinessLine.objects.get(pk=moved.line_id).start_up
    with pytest.raises(WrongState):
        take(stands, "stop", cast.cpo)


def test_stopping_needs_a_reason_and_can_be_taken_up_again(cast, start):
    with pytest.raises(GatesUnmet):
        take(start, "stop", cast.cpo, note="")
    stopped = take(start, "stop", cast.cpo)
    assert not BusinessLine.objects.get(pk=start.line_id).start_up
    again = take(stopped, "research-again", cast.cpo)
    assert again.phase == "researching"
    assert BusinessLine.objects.get(pk=start.line_id).start_up


def test_the_order_is_declared_by_officer_and_manager(cast, start, as_):
    with pytest.raises(NotYours):
        declare_order(actor=cast.business_leader, line=start.line, backfill_order=ORDER)
    with pytest.raises(NotAllowed):
        declare_order(actor=cast.cpo, line=start.line, backfill_order=["nobody"])
    told = {"order": ["growth", "tpm"], "position-tpm": "1", "position-growth": "2"}
    as_(cast.requester).post(f"{start.get_absolute_url()}/order", told)
    assert BusinessLine.objects.get(pk=start.line_id).backfill_order[:2] == ["tpm", "growth"]


def test_what_explains_is_what_enforces(cast, start):
    seen = explain(start, "invest", cast.cpo)
    assert not seen.open
    researched(cast, start)
    declare_order(actor=cast.cpo, line=start.line, backfill_order=ORDER)
    assert explain(StartUp.objects.get(pk=start.pk), "invest", cast.cpo).open
    assert [s.permitted for s in steps(start, cast.requester)] == [False, False]
