"""Acceptance is computed: asked after every position, after every revision and when windows end."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import Refusal
from config.flow.steps import take
from config.flow.telling import way
from rfc.actions.asking import must_be_as_shown, tell, whom_to_tell
from rfc.actions.functions import settle_functions
from rfc.actions.news import tell_of_ended_hold
from rfc.gates import functions_approved, no_open_block, window_elapsed
from rfc.models import RFC, Position, Revision, Stance
from rfc.signals import rfc_accepted, rfc_reopened
from rfc.standing import standing

ASK = "ask-for-decision"
REMIND_WITHIN = timedelta(days=3)


@transaction.atomic
def try_accept(rfc: RFC) -> bool:
    """Accept when nothing is missing any more; says whether it did. Sends `rfc_accepted`."""
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    if locked.phase != RFC.IN_REVIEW:
        return False
    gates = (window_elapsed, functions_approved, no_open_block)
    if any(gate.reasons(locked) for gate in gates):
        return False
    accepted = take(locked, "accept", actor=None)
    rfc_accepted.send(sender=RFC, rfc=accepted)
    return True


def reopen_where_stale(rfc: RFC, revision: Revision) -> bool:
    """An accepted RFC whose approvals no longer cover its text goes back to review.

    The comment window does not run again: re-affirming is enough. `rfc` is locked.
    """
    if rfc.phase != RFC.ACCEPTED:
        return False
    if not rfc.required_functions.exists():
        # It was accepted elsewhere and imported; from its first edit here people answer for it.
        settle_functions(rfc)
    stale = [each for each in standing(rfc) if each.state != "approved"]
    if not stale:
        return False
    names = ", ".join(each.label for each in stale)
    approved = any(each.position for each in stale)
    note = (
        f"r{revision.number} changed what {names} had approved."
        if approved
        else f"r{revision.number} is the first text written here; {names} has to answer."
    )
    reopened = take(rfc, "review-again", actor=None, note=note)
    rfc_reopened.send(sender=RFC, rfc=reopened, revision=revision, stale=stale)
    return True


@way(RFC)
def take_step(
    rfc: RFC,
    step: str,
    *,
    actor: Any,
    note: str = "",
    listed: str | None = None,
    many: bool = False,
    **told: Any,
) -> RFC:
    """Take a step of an RFC for a person; every door calls this.

    Asking for a decision tells everybody concerned in the same transaction; `listed` is the list
    that was shown, `many` says that a long one is meant. It may complete the decision at once,
    where approvals still stand and no window runs. A refused attempt stays on record.
    """
    refused: Refusal | None = None
    moved = rfc
    with transaction.atomic():
        try:
            moved = take(rfc, step, actor=actor, note=note, **told)
        except Refusal as refusal:
            refused = refusal
        else:
            if step == ASK:
                asked = whom_to_tell(moved, actor)
                must_be_as_shown(asked, listed, many=many)
                tell(moved, asked, actor, note)
                if try_accept(moved):
                    moved.refresh_from_db()
    if refused is not None:
        raise refused
    return moved


def accept_where_windows_ended() -> int:
    """Accept every RFC that was only waiting for its window; says how many."""
    waiting = RFC.objects.filter(phase=RFC.IN_REVIEW, window_ends_at__isnull=False)
    return sum(try_accept(rfc) for rfc in waiting.iterator())


def remind_where_holds_ended(now: datetime | None = None) -> int:
    """Ask those whose hold ended by itself for an answer; says how many are told. May run twice.

    Only holds that nothing replaced, and that ended within the last days: a machine that slept
    longer does not wake everybody.
    """
    now = now or timezone.now()
    ended = Position.objects.filter(
        stance=Stance.HOLD,
        expires_at__range=(now - REMIND_WITHIN, now),
        rfc__phase=RFC.IN_REVIEW,
    ).select_related("rfc", "person")
    return sum(bool(tell_of_ended_hold(each)) for each in ended if _is_last_word(each))


def _is_last_word(position: Position) -> bool:
    said = position.rfc.positions.filter(function=position.function, person=position.person_id)
    return bool(said.first() == position)
