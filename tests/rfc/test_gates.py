"""Every gate of an RFC: satisfied, and one case per reason, equal to the sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.flow.errors import GatesUnmet, NotYours, WrongState
from rfc import gates
from rfc.actions.deciding import take_step
from rfc.actions.writing import discard_draft, save_draft
from rfc.models import RFC, ImportedDocument
from rfc.queries import is_accepted_on_current_content
from tests.factories import rfc as make


def said(gate, rfc):
    rfc.refresh_from_db()
    return [missing.sentence for missing in gate.reasons(rfc)]


def test_published_revision(cast):
    rfc = make.draft_rfc(cast)
    assert said(gates.published_revision, rfc) == [
        f"{rfc.key} has no revision yet; publish the draft, so that people judge one text."
    ]
    make.edit(rfc, cast.product_manager)
    assert said(gates.published_revision, rfc) == []
    save_draft(rfc=rfc, actor=cast.product_manager, seen_version=None, title="New title")
    assert said(gates.published_revision, rfc) == [
        f"The draft of {rfc.key} holds edits that r1 does not; publish or discard them."
    ]
    discard_draft(rfc=rfc, actor=cast.product_manager, seen_version=None)
    assert said(gates.published_revision, rfc) == []


def test_sections_filled(cast):
    assert said(gates.sections_filled, make.draft_rfc(cast, text="")) == [
        "No section is published yet; answer the template's questions."
    ]
    rfc = make.published_rfc(cast, text=make.body(scope="<!-- later -->"))
    assert said(gates.sections_filled, rfc) == [
        "The section “Scope” is empty; write it, or say in one line why it does not apply."
    ]
    make.edit(rfc, cast.product_manager, body=make.body(open_questions=""))
    assert said(gates.sections_filled, rfc) == []


def test_initiative_linked(cast):
    rfc = make.draft_rfc(cast, stands_alone_reason="")
    assert said(gates.initiative_linked, rfc) == [
        f"{rfc.key} belongs to no initiative; link the one it decides about, or say why it "
        "stands alone."
    ]
    rfc.stands_alone_reason = "A rule of ours."
    assert gates.initiative_linked(rfc)


def test_decider_named(cast):
    rfc = make.draft_rfc(cast)
    assert said(gates.decider_named, rfc) == []
    rfc.decider = None
    assert [m.sentence for m in gates.decider_named.reasons(rfc)] == [
        f"Nobody is named to decide about {rfc.key} when the reviewers do not agree; "
        "name a decider."
    ]


def test_functions_approved_says_each_reason(cast):
    rfc = make.rfc_in_review(cast, flags=["money", "operations", "personal_data"])
    make.answer(rfc, cast.architect, "architect")
    make.answer(rfc, cast.risk, "risk", "hold", text="Back on Monday")
    make.answer(rfc, cast.finance, "finance", "recuse", text="My team.")
    make.answer(rfc, cast.operations, "operations")
    make.edit(rfc, cast.product_manager, body=make.body(roll_out="Porto first."))
    until = rfc.positions.get(stance="hold").expires_at
    assert said(gates.functions_approved, rfc) == [
        "Compliance has not answered on r2 yet.",
        "Whoever answered for Finance recused; somebody else of Finance has to answer.",
        "Operations approved r1; since then “Roll-out” changed. Ola Operations can re-affirm for "
        "r2 in one click.",
        f"Risk holds until {gates._when(until)}: Back on Monday.",
        "Security analyst has not answered on r2 yet.",
    ]


def test_functions_approved_asks_for_at_least_one(cast):
    rfc = make.published_rfc(cast)
    rfc.required_functions.all().delete()
    assert said(gates.functions_approved, rfc) == [
        f"No function is asked to review {rfc.key}; add at least one."
    ]


def test_no_open_block(cast):
    rfc = make.rfc_in_review(cast)
    assert said(gates.no_open_block, rfc) == []
    make.answer(
        rfc,
        cast.support,
        "support",
        "block",
        text="No script for calls",
        resolution_owner=cast.product_manager,
    )
    assert said(gates.no_open_block, rfc) == [
        "Sue Support blocks since r1: No script for calls. Only they, or whoever holds "
        "Technical support after them, can close the block."
    ]
    make.answer(rfc, cast.support, "support")
    assert said(gates.no_open_block, rfc) == []


def test_window_elapsed(cast):
    rfc = make.published_rfc(cast)
    assert said(gates.window_elapsed, rfc) == [
        f"No decision was asked on {rfc.key} yet, so no comment window has run."
    ]
    rfc.window_ends_at = timezone.now() + timedelta(days=1)
    assert [m.sentence for m in gates.window_elapsed.reasons(rfc)] == [
        f"The comment window is open until {gates._when(rfc.window_ends_at)}; acceptance follows "
        "by itself then."
    ]
    rfc.window_ends_at = timezone.now() - timedelta(seconds=1)
    assert gates.window_elapsed(rfc)


def test_an_import_sets_only_the_state_of_what_nobody_moved_here(cast):
    rfc = make.published_rfc(cast)
    assert said(gates.came_by_import, rfc) == [
        f"{rfc.key} was written here, so an import cannot set its state."
    ]
    ImportedDocument.objects.create(corpus="c", path="p", rfc=rfc, content_hash="x")
    moved = take_step(rfc, "record-imported", actor=None, note="Status: accepted", state="accepted")
    assert moved.phase == "accepted"
    moved = take_step(moved, "withdraw", actor=cast.product_manager, note="Not ours.")
    assert said(gates.undecided_here, moved) == [
        f"Petra Manager has moved {rfc.key} here; from then on people decide, and an import no "
        "longer sets its state."
    ]
    with pytest.raises(NotYours):
        take_step(moved, "record-imported", actor=cast.administrator, note="x", state="draft")


def test_an_imported_acceptance_holds_until_the_text_changes_here(cast):
    rfc = make.published_rfc(cast)
    rfc.required_functions.all().delete()
    ImportedDocument.objects.create(corpus="c", path="p", rfc=rfc, content_hash="x")
    moved = take_step(rfc, "record-imported", actor=None, note="Accepted", state="accepted")
    assert is_accepted_on_current_content(moved)
    make.edit(moved, cast.product_manager, body=make.body(open_questions="None."))
    moved.refresh_from_db()
    assert moved.phase == "in_review"
    assert moved.steps_taken.first().note == (
        "r2 is the first text written here; Engineering architect has to answer."
    )


def test_superseding_needs_another_rfc(cast):
    rfc, successor = make.accepted_rfc(cast), make.published_rfc(cast, title="Better")
    with pytest.raises(GatesUnmet) as refused:
        take_step(rfc, "supersede", actor=cast.product_manager)
    assert refused.value.sentences == ["“Mark superseded” needs: Successor."]
    with pytest.raises(GatesUnmet) as refused:
        take_step(rfc, "supersede", actor=cast.product_manager, successor=rfc)
    assert refused.value.sentences == [f"{rfc.key} cannot be its own successor."]
    moved = take_step(rfc, "supersede", actor=cast.product_manager, successor=successor)
    assert (moved.phase, moved.superseded_by) == ("superseded", successor)


ROLES = (
    "product_manager",
    "business_leader",
    "cpo",
    "compliance",
    "risk",
    "architect",
    "tpm",
    "requester",
    "outsider",
    "reader",
    "administrator",
)
WRITER, DECIDER = {"product_manager"}, {"business_leader", "cpo"}
# state: step: who may take it. Nothing else starts there.
TABLE = {
    "draft": {
        "ask-for-decision": WRITER,
        "withdraw": WRITER,
        "supersede": WRITER,
        "expire": DECIDER,
        "record-imported": set(),
    },
    "in_review": {
        "accept": set(),
        "recall": WRITER,
        "decline": DECIDER,
        "withdraw": WRITER,
        "supersede": WRITER,
        "expire": DECIDER,
        "record-imported": set(),
    },
    "accepted": {
        "review-again": DECIDER,
        "mark-implemented": WRITER,
        "withdraw": WRITER,
        "supersede": WRITER,
        "record-imported": set(),
    },
    "declined": {"reopen": WRITER, "record-imported": set()},
    "withdrawn": {"reopen": WRITER, "record-imported": set()},
    "expired": {"reopen": WRITER, "record-imported": set()},
    "implemented": {"supersede": WRITER, "record-imported": set()},
    "superseded": {"record-imported": set()},
}


def reach(cast, state):
    """An RFC in a state, walked there."""
    manager, leader = cast.product_manager, cast.business_leader
    if state == "draft":
        return make.published_rfc(cast)
    if state in ("accepted", "implemented", "superseded"):
        rfc = make.accepted_rfc(cast)
        if state == "implemented":
            return take_step(rfc, "mark-implemented", actor=manager)
        if state == "superseded":
            other = make.published_rfc(cast, title="Better")
            return take_step(rfc, "supersede", actor=manager, successor=other)
        return rfc
    rfc = make.rfc_in_review(cast)
    step = {"declined": "decline", "withdrawn": "withdraw", "expired": "expire"}.get(state)
    actor = manager if step == "withdraw" else leader
    return take_step(rfc, step, actor=actor, note="Because.") if step else rfc


@pytest.mark.parametrize("state", TABLE)
def test_every_state_step_and_role(cast, state):
    from config.flow.fsm import edges
    from config.flow.steps import steps

    rfc = reach(cast, state)
    assert {
        s.name: {r for r in ROLES if may(rfc, s.name, getattr(cast, r))}
        for s in steps(rfc, cast.reader)
    } == TABLE[state]
    elsewhere = {e.step for e in edges(RFC)} - set(TABLE[state])
    for step in sorted(elsewhere):
        with pytest.raises(WrongState):
            take_step(rfc, step, actor=cast.product_manager, note="x")


def may(rfc, step, person):
    from config.flow.steps import explain

    return explain(rfc, step, person).permitted
