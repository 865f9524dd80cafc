"""Positions, computed acceptance, stale approvals, no approval of one's own text."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership, Role
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.positions import close_block, reaffirm
from rfc.models import RFC, Position
from rfc.queries import is_accepted_on_current_content, still_needed
from rfc.signals import rfc_accepted, rfc_reopened
from rfc.standing import standing
from tests.factories import rfc as make


def states(rfc):
    rfc.refresh_from_db()
    return {each.function: each.state for each in standing(rfc)}


def test_acceptance_follows_when_the_last_function_approves_after_the_window(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    news = []
    rfc_accepted.connect(lambda **kw: news.append(kw["rfc"].key), weak=False, dispatch_uid="t")
    make.end_window(rfc)
    make.answer(rfc, cast.architect, "architect")
    make.answer(rfc, cast.finance, "finance")
    assert (rfc.phase, news) == ("in_review", [])
    make.answer(rfc, cast.risk, "risk", "approve_with_notes", text="Watch the limit.")
    rfc.refresh_from_db()
    rfc_accepted.disconnect(dispatch_uid="t")
    assert (rfc.phase, news) == ("accepted", [rfc.key])
    assert is_accepted_on_current_content(rfc)


def test_acceptance_waits_for_the_comment_window(cast):
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect")
    rfc.refresh_from_db()
    assert rfc.phase == "in_review"
    make.end_window(rfc)
    assert rfc.phase == "accepted"


def test_a_window_of_no_days_lets_the_last_approval_accept(cast, settings):
    settings.REVIEW_WINDOW_DAYS = 0
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect")
    rfc.refresh_from_db()
    assert rfc.phase == "accepted"


def test_a_material_edit_makes_the_approvals_that_depend_on_it_stale(cast):
    rfc = make.rfc_in_review(cast, flags=["money", "operations"])
    make.answer(rfc, cast.risk, "risk")
    make.answer(rfc, cast.operations, "operations")
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="Another limit."))
    assert states(rfc) == {
        "architect": "waiting",
        "finance": "waiting",
        "operations": "approved",
        "risk": "stale",
    }
    assert (
        "Risk approved r1; since then “Risks and compliance” changed. Rika Risk can re-affirm "
        "for r2 in one click." in still_needed(rfc)
    )


def test_a_trifle_leaves_every_approval_as_it_is(cast):
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect")
    text = make.body().replace("## Scope\n\n", "## SCOPE\n\n  ")
    assert make.edit(rfc, cast.product_manager, body=text).number == 2
    assert states(rfc) == {"architect": "approved"}


def test_the_decision_asked_is_judged_by_everybody(cast):
    rfc = make.rfc_in_review(cast, decision_asked="Pay out from tier 2.")
    make.answer(rfc, cast.architect, "architect")
    make.edit(rfc, cast.product_manager, decision_asked="Pay out to everybody.")
    assert states(rfc) == {"architect": "stale"}


def test_reaffirming_is_one_act_and_counts_for_the_new_text(cast):
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect", "approve_with_notes", text="Mind the load.")
    make.edit(rfc, cast.product_manager, body=make.body(solution="Another way."))
    with pytest.raises(WrongState, match="Look at what changed from r1 to r2 first"):
        reaffirm(rfc=rfc, actor=cast.architect, function="architect", revision_number=2)
    make.saw(rfc, cast.architect, since=1)
    again = reaffirm(rfc=rfc, actor=cast.architect, function="architect", revision_number=2)
    assert (again.stance, again.text) == ("approve_with_notes", "Mind the load.")
    assert states(rfc) == {"architect": "approved"}


def test_an_accepted_rfc_goes_back_to_review_when_its_text_changes_materially(cast):
    rfc = make.accepted_rfc(cast)
    news = []
    rfc_reopened.connect(lambda **kw: news.append(kw["rfc"].key), weak=False, dispatch_uid="t")
    make.edit(rfc, cast.product_manager, body=make.body(solution="Another way."))
    rfc_reopened.disconnect(dispatch_uid="t")
    rfc.refresh_from_db()
    assert (rfc.phase, news) == ("in_review", [rfc.key])
    record = rfc.steps_taken.first()
    assert (record.step, record.actor_name, record.note) == (
        "review-again",
        "Gateline",
        "r2 changed what Engineering architect had approved.",
    )
    make.saw(rfc, cast.architect, since=1)
    reaffirm(rfc=rfc, actor=cast.architect, function="architect", revision_number=2)
    rfc.refresh_from_db()
    assert rfc.phase == "accepted"


def test_an_accepted_rfc_stays_accepted_after_a_trifle(cast):
    rfc = make.accepted_rfc(cast)
    make.edit(rfc, cast.product_manager, body=make.body(open_questions="None any more."))
    rfc.refresh_from_db()
    assert rfc.phase == "accepted"
    assert is_accepted_on_current_content(rfc)


def test_a_block_stops_acceptance_until_its_person_closes_it(cast):
    rfc = make.rfc_in_review(cast)
    block = make.answer(
        rfc,
        cast.risk,
        "risk",
        "block",
        text="No limit named",
        resolution_owner=cast.product_manager,
    )
    make.answer(rfc, cast.architect, "architect")
    make.end_window(rfc)
    assert still_needed(rfc) == [
        "Rika Risk blocks since r1: No limit named. Only they, or whoever holds Risk after them, "
        "can close the block."
    ]
    with pytest.raises(NotYours, match="Only Rika Risk can close this block."):
        close_block(position=block, actor=cast.business_leader, note="Fine")
    close_block(position=block, actor=cast.risk, note="A limit stands in r2.")
    rfc.refresh_from_db()
    assert rfc.phase == "accepted"


def test_a_hold_ends_by_itself(cast):
    rfc = make.rfc_in_review(cast)
    make.answer(rfc, cast.architect, "architect", "hold", text="Back on Monday.")
    assert states(rfc) == {"architect": "held"}
    later = timezone.now() + timedelta(days=15)
    assert [each.state for each in standing(rfc, now=later)] == ["waiting"]


def test_recusing_leaves_the_function_to_somebody_else(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk", "recuse", text="My brother wrote it.")
    assert states(rfc)["risk"] == "recused"
    make.answer(rfc, cast.second_risk, "risk")
    assert states(rfc)["risk"] == "approved"


def test_only_people_of_the_function_answer_for_it(cast):
    rfc = make.rfc_in_review(cast)
    with pytest.raises(NotYours) as refused:
        make.answer(rfc, cast.outsider, "architect")
    assert refused.value.sentences == [
        "For Engineering architect only somebody who holds that function answers (Ari Architect)."
    ]


def test_a_position_on_an_older_revision_is_refused(cast):
    rfc = make.rfc_in_review(cast)
    make.edit(rfc, cast.product_manager, body=make.body(scope="More."))
    with pytest.raises(WrongState) as refused:
        make.answer(rfc, cast.architect, "architect", revision_number=1)
    assert refused.value.sentences == [
        "r2 was published while you were reading r1; look at what changed and answer again. "
        "Nothing was recorded."
    ]
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    ("stance", "sentence"),
    [
        ("hold", "“Hold” needs a sentence that says why."),
        ("recuse", "“Recuse” needs a sentence that says why."),
        ("approve_with_notes", "“Approve with notes” needs a sentence that says why."),
        ("nonsense", "Choose approve, approve with notes, hold, block or recuse."),
    ],
)
def test_an_incomplete_answer_is_refused(cast, stance, sentence):
    rfc = make.rfc_in_review(cast)
    with pytest.raises(NotAllowed) as refused:
        make.answer(rfc, cast.architect, "architect", stance)
    assert refused.value.sentences == [sentence]


def test_no_position_before_a_decision_is_asked(cast):
    rfc = make.published_rfc(cast)
    with pytest.raises(WrongState) as refused:
        make.answer(rfc, cast.architect, "architect")
    assert refused.value.sentences == [
        f"No decision is asked on {rfc.key} yet; leave a comment instead."
    ]


@pytest.fixture
def editing_architect(cast):
    """The architect wrote the second revision."""
    rfc = make.rfc_in_review(cast)
    rfc.co_authors.add(cast.architect)
    make.edit(rfc, cast.architect, body=make.body(solution="As the architect wants it."))
    rfc.refresh_from_db()
    return rfc


def test_whoever_edited_since_the_last_approval_cannot_approve(cast, editing_architect):
    rfc = editing_architect
    with pytest.raises(NotAllowed) as refused:
        make.answer(rfc, cast.architect, "architect")
    assert refused.value.sentences == [
        f"You edited {rfc.key} since Engineering architect last approved it, so you cannot "
        "approve it."
    ]
    make.answer(rfc, cast.architect, "architect", "hold", text="I wrote it myself.")


def test_an_editor_may_approve_again_once_somebody_else_of_the_function_has(
    cast, editing_architect
):
    rfc = editing_architect
    Membership.objects.create(person=cast.vp_engineering, role=Role.ARCHITECT, line=cast.payments)
    make.answer(rfc, cast.vp_engineering, "architect")
    make.edit(rfc, cast.product_manager, body=make.body(solution="Changed by the manager."))
    make.answer(rfc, cast.architect, "architect")
    assert states(rfc) == {"architect": "approved"}


def test_an_approval_that_was_replaced_no_longer_covers_the_editor(cast, editing_architect):
    rfc = editing_architect
    Membership.objects.create(person=cast.vp_engineering, role=Role.ARCHITECT, line=cast.payments)
    make.answer(rfc, cast.vp_engineering, "architect")
    make.answer(rfc, cast.vp_engineering, "architect", "hold", text="On second thoughts.")
    with pytest.raises(NotAllowed):
        make.answer(rfc, cast.architect, "architect")


def _insert(rfc, person, function):
    with transaction.atomic():
        return Position.objects.create(
            rfc=rfc,
            revision=rfc.revisions.first(),
            person=person,
            person_name=person.name,
            function=function,
            stance="approve",
            fingerprints={},
        )


def test_the_database_refuses_self_approval_too(cast, editing_architect):
    with pytest.raises(IntegrityError, match="edited since the last valid approval"):
        _insert(editing_architect, cast.architect, "architect")
    with pytest.raises(IntegrityError, match="edited since the last valid approval"):
        _insert(editing_architect, cast.product_manager, "risk")


def test_the_database_refuses_a_revision_of_another_rfc(cast, editing_architect):
    other = make.published_rfc(cast, title="Another")
    with pytest.raises(IntegrityError, match="belongs to another RFC"):
        with transaction.atomic():
            Position.objects.create(
                rfc=editing_architect,
                revision=other.revisions.first(),
                person=cast.risk,
                person_name="R",
                function="risk",
                stance="approve",
                fingerprints={},
            )


def test_the_same_answer_sent_twice_is_one_answer(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    first = make.answer(rfc, cast.risk, "risk")
    assert make.answer(rfc, cast.risk, "risk").pk == first.pk
    assert RFC.objects.get(pk=rfc.pk).positions.count() == 1


def test_nobody_sets_acceptance(cast):
    from rfc.actions.deciding import take_step

    rfc = make.rfc_in_review(cast)
    with pytest.raises(NotYours) as refused:
        take_step(rfc, "accept", actor=cast.administrator)
    assert refused.value.sentences == [
        "“Accept” belongs to Gateline itself: acceptance follows from the positions, nobody "
        "sets it."
    ]
