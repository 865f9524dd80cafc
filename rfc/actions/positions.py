"""Taking a position on one exact revision, re-affirming it, closing one's own block."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions import settle
from accounts.models import REVIEW_FUNCTIONS, Role
from accounts.permissions import holders
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.asking import ask_others
from rfc.actions.deciding import try_accept
from rfc.actions.news import (
    block_is_over,
    follow_by_itself,
    tell_of_block,
    tell_of_closing,
    tell_of_position,
)
from rfc.actions.seen import was_shown
from rfc.models import RFC, Look, Position, Stance, without_text
from rfc.permissions import Held, closes_block, stands_for
from rfc.standing import APPROVALS, changed_since, judged_by
from rfc.subjects import subject_of


@transaction.atomic
def take_position(
    *,
    rfc: RFC,
    actor: Any,
    function: str,
    stance: str,
    revision_number: int,
    text: str = "",
    resolution_owner: Any = None,
) -> Position:
    """Answer for a function on the revision that was read; acceptance is tried afterwards.

    Refused when another revision came meanwhile, when the person does not hold the function, and
    for an approval by somebody who edited since the function's last approval.
    """
    locked = _lock_in_review(rfc)
    held = _must_speak_for(actor, locked, function)
    _must_have_read(locked, revision_number)
    _must_be_complete(stance, text, resolution_owner)
    if stance in APPROVALS:
        _must_not_approve_own_text(actor, locked, held)
    position = _same_answer(locked, actor, function, stance, text) or Position.objects.create(
        rfc=locked,
        revision=locked.revisions.get(number=locked.revision_count),
        person=actor,
        person_name=actor.name,
        person_roles=actor.role_snapshot(),
        on_behalf_of_id=held.principal_id,
        on_behalf_name=held.principal,
        function=function,
        stance=stance,
        text=text.strip(),
        fingerprints=judged_by(function, locked.content),
        expires_at=_hold_ends() if stance == Stance.HOLD else None,
        resolution_owner=resolution_owner if stance == Stance.BLOCK else None,
    )
    Look.objects.filter(rfc=locked, person=actor, looked_at=None).update(looked_at=timezone.now())
    settle(actor, subject_of(locked))
    _tell(position, actor)
    try_accept(locked)
    return position


def _tell(position: Position, actor: Any) -> None:
    """Those who follow, whoever has to resolve a block, and who else answers after a recusal."""
    rfc = position.rfc
    follow_by_itself(rfc, actor)
    tell_of_position(position, actor)
    blocks = {"person": actor, "function": position.function, "stance": Stance.BLOCK}
    for replaced in rfc.positions.filter(closed_at=None, **blocks).exclude(pk=position.pk):
        block_is_over(replaced)
    if position.stance == Stance.BLOCK:
        tell_of_block(position, actor)
    if position.stance == Stance.RECUSE:
        ask_others(position, actor)


def reaffirm(*, rfc: RFC, actor: Any, function: str, revision_number: int) -> Position:
    """Repeat one's own approval for the newest revision, after its difference was on the screen.

    WrongState when there is no approval to repeat, or the difference was not shown.
    """
    earlier = rfc.positions.filter(person=actor, function=function).select_related("revision")
    said = earlier.defer(*without_text("revision")).first()
    if said is None or said.stance not in APPROVALS:
        raise WrongState(f"You have not approved {rfc.key} for this function; take a position.")
    _must_have_seen(rfc, actor, said, revision_number)
    return take_position(
        rfc=rfc,
        actor=actor,
        function=function,
        stance=said.stance,
        text=said.text,
        revision_number=revision_number,
    )


@transaction.atomic
def close_block(*, position: Position, actor: Any, note: str) -> Position:
    """Say that a block is resolved; the function then owes a new answer.

    NotYours for anybody but the blocker, as long as the blocker still holds the function.
    """
    locked = RFC.objects.select_for_update(no_key=True).get(pk=position.rfc_id)
    found = locked.positions.select_for_update(no_key=True).get(pk=position.pk)
    must_be_closable(found, actor)
    if not note.strip():
        raise NotAllowed("Say in one sentence how the block was resolved.")
    found.closed_at, found.closed_by, found.closing_note = timezone.now(), actor, note.strip()
    found.save(update_fields=["closed_at", "closed_by", "closing_note"])
    tell_of_closing(found, actor)
    try_accept(locked)
    return found


def must_be_closable(position: Position, actor: Any) -> None:
    """NotYours unless it is the actor's to close; WrongState when it blocks no longer."""
    rfc, home = position.rfc, position.rfc.get_absolute_url()
    if not closes_block(actor, position):
        raise NotYours(f"Only {position.person_name} can close this block.", link=home)
    if position.stance != Stance.BLOCK or position.closed_at is not None:
        raise WrongState("This block is closed already.", link=home)
    said = rfc.positions.filter(person=position.person_id, function=position.function)
    if said.first() != position:
        raise WrongState(f"{position.person_name} answered anew since; nothing blocks.", link=home)


def edited_since_approval(rfc: RFC, function: str) -> set[int]:
    """Ids of people who edited since the last approval of this function that still is one.

    An approval that its person later replaced by another stance no longer counts. The database
    refuses by the same rule (trigger `no_self_approval`).
    """
    latest: dict[int, Position] = {}
    for position in rfc.positions.filter(function=function):
        latest.setdefault(position.person_id, position)
    standing = [p.person_id for p in latest.values() if p.stance in APPROVALS]
    last = rfc.positions.filter(
        function=function, person__in=standing, stance__in=APPROVALS
    ).aggregate(last=Max("revision__number"))["last"]
    edited = rfc.revisions.filter(number__gt=last or 0)
    return set(edited.values_list("editors", flat=True)) - {None}


def _lock_in_review(rfc: RFC) -> RFC:
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    must_be_in_review(locked)
    return locked


def must_be_in_review(rfc: RFC) -> None:
    """WrongState with what to do instead, before and after the review."""
    if rfc.phase == RFC.DRAFT:
        raise WrongState(f"No decision is asked on {rfc.key} yet; leave a comment instead.")
    if rfc.phase != RFC.IN_REVIEW:
        raise WrongState(
            f"{rfc.key} is {rfc.get_state_label().lower()}, so positions are closed; "
            "leave a comment instead.",
            link=rfc.get_absolute_url(),
        )


def _must_speak_for(actor: Any, rfc: RFC, function: str) -> Held:
    if function not in {str(role) for role in REVIEW_FUNCTIONS}:
        raise NotAllowed("Choose the function you answer for.")
    held = stands_for(actor, rfc, function)
    if held is None:
        label = Role(function).label
        names = ", ".join(holders(function, line=rfc.line_id))
        who = f" ({names})" if names else ""
        raise NotYours(f"For {label} only somebody who holds that function answers{who}.")
    return held


def _must_have_seen(rfc: RFC, actor: Any, said: Position, number: int) -> None:
    """The difference a re-affirmation is about has to have been on the person's screen."""
    since = said.revision.number
    newest = RFC.objects.get(pk=rfc.pk)
    changed = changed_since(said.fingerprints, said.function, newest.content)
    if changed and not was_shown(rfc, actor, since=since, now=number):
        raise WrongState(
            f"Look at what changed from r{since} to r{number} first; then one click re-affirms.",
            link=f"{rfc.get_absolute_url()}/compare/v{since}/v{number}",
        )


def _must_have_read(rfc: RFC, number: int) -> None:
    if number != rfc.revision_count:
        raise WrongState(
            f"r{rfc.revision_count} was published while you were reading r{number}; look at what "
            "changed and answer again. Nothing was recorded.",
            link=f"{rfc.get_absolute_url()}/compare/v{number}/v{rfc.revision_count}",
        )


def _must_be_complete(stance: str, text: str, owner: Any) -> None:
    if stance not in Stance.values:
        raise NotAllowed("Choose approve, approve with notes, hold, block or recuse.")
    if stance != Stance.APPROVE and not text.strip():
        raise NotAllowed(f"“{Stance(stance).label}” needs a sentence that says why.")
    if stance == Stance.BLOCK and owner is None:
        raise NotAllowed("A block names the person who has to resolve it.")


def _must_not_approve_own_text(actor: Any, rfc: RFC, held: Held) -> None:
    edited = edited_since_approval(rfc, held.function)
    label = Role(held.function).label
    if actor.pk in edited:
        names = [n for n in holders(held.function, line=rfc.line_id) if n != actor.name]
        others = f" Somebody else of {label} has to: {', '.join(names)}." if names else ""
        raise NotAllowed(
            f"You edited {rfc.key} since {label} last approved it, so you cannot approve it."
            f"{others}"
        )
    if held.principal_id in edited:
        raise NotAllowed(
            f"{held.principal} edited {rfc.key} since {label} last approved it, so nobody can "
            f"approve it in place of {held.principal}."
        )


def _same_answer(rfc: RFC, actor: Any, function: str, stance: str, text: str) -> Position | None:
    """The same answer sent twice is one answer."""
    last = rfc.positions.filter(person=actor, function=function).first()
    same = (
        last is not None
        and (last.stance, last.text) == (stance, text.strip())
        and last.revision.number == rfc.revision_count
        and last.closed_at is None
        and (last.expires_at is None or last.expires_at > timezone.now())
    )
    return last if same else None


def _hold_ends() -> Any:
    return timezone.now() + timedelta(days=settings.HOLD_DAYS)
