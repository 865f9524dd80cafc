"""What people do about two initiatives that meet: dismiss with a reason, ask both owners, answer."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.mentions import mention_of
from accounts.models import Role
from accounts.permissions import has_role, lines_of
from config.flow.errors import NotAllowed, NotYours, WrongState
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.actions.talk import comment
from initiatives.models import CollisionNote, Initiative
from initiatives.queries.collisions import pair_facts

LONGEST = timedelta(days=366)


def may_judge(actor: Any, first: Initiative, second: Initiative) -> bool:
    """Whoever answers referrals, and product managers and leaders of either line."""
    lines = lines_of(actor, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER)
    return (
        may.answers_referrals(actor)
        or actor.pk in (first.owner_id, second.owner_id)
        or bool(lines & {first.line_id, second.line_id})
        or has_role(actor, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=first.line_id)
    )


@acting
@transaction.atomic
def dismiss_collision(
    *, first: Initiative, second: Initiative, actor: Any, reason: str, until: date | None = None
) -> CollisionNote:
    """Say why two initiatives do not collide. It is kept, and holds until a day or a new fact.

    Raises NotYours or NotAllowed.
    """
    _must_judge(actor, first, second)
    today = timezone.localdate()
    day = until or today + timedelta(days=settings.COLLISION_DISMISSAL_DAYS)
    if not reason.strip():
        raise NotAllowed("Say in a sentence or two why these two do not collide.")
    if not today <= day <= today + LONGEST:
        raise NotAllowed("A dismissal ends on a day from today and within a year.")
    facts = _must_meet(first, second, actor)
    return _note(first, second, actor, "dismissed", reason, facts=facts, until_date=day)


@acting
@transaction.atomic
def ask_owners(
    *, first: Initiative, second: Initiative, actor: Any, question: str
) -> CollisionNote:
    """Ask both owners; the question stands on both initiatives and names the owner of each.

    Raises NotYours or NotAllowed.
    """
    _must_judge(actor, first, second)
    if not question.strip():
        raise NotAllowed("Write the question; both owners will read it.")
    facts = _must_meet(first, second, actor)
    note = _note(first, second, actor, "asked", question, facts=facts)
    for mine, other in ((first, second), (second, first)):
        named = f"@{mention_of(mine.owner)}" if mine.owner else ""
        comment(
            initiative=mine,
            actor=actor,
            text=f"{named} {question.strip()}\n(About the collision with {other.key}.)".strip(),
        )
    return note


@acting
@transaction.atomic
def end_note(*, note: CollisionNote, actor: Any, answer: str = "") -> CollisionNote:
    """End a dismissal, so that the two are shown again, or close a question with its answer.

    Raises NotYours, NotAllowed or WrongState.
    """
    locked = CollisionNote.objects.select_for_update(no_key=True).get(pk=note.pk)
    _must_judge(actor, locked.first, locked.second)
    if locked.ended_at is not None:
        raise WrongState(f"{locked.ended_by} ended this already.")
    if locked.kind == CollisionNote.Kind.ASKED and not answer.strip():
        raise NotAllowed("Write what was answered; it is kept with the question.")
    locked.ended_at, locked.ended_by, locked.answer = timezone.now(), actor, answer.strip()
    locked.save(update_fields=["ended_at", "ended_by", "answer"])
    return locked


def _must_judge(actor: Any, first: Initiative, second: Initiative) -> None:
    if not may_judge(actor, first, second):
        raise NotYours(
            f"Collisions of {first.key} and {second.key} are judged by their owners, by product "
            "managers and business leaders of both lines and by the chief product officer."
        )


def _must_meet(first: Initiative, second: Initiative, actor: Any) -> list[str]:
    facts = pair_facts(actor, first, second)
    if not facts:
        raise NotAllowed(f"{first.key} and {second.key} do not meet any more.")
    return facts


def _note(
    first: Initiative, second: Initiative, actor: Any, kind: str, text: str, **more: Any
) -> CollisionNote:
    early, late = sorted((first, second), key=lambda each: each.pk)
    old = CollisionNote.objects.filter(first=early, second=late, kind=kind, ended_at=None)
    # What expired, or no longer covers the facts, makes room and stays on record.
    if kind == CollisionNote.Kind.DISMISSED:
        old.update(ended_at=timezone.now(), ended_by=actor)
    try:
        with transaction.atomic():
            return CollisionNote.objects.create(
                first=early, second=late, kind=kind, reason=text.strip(), author=actor, **more
            )
    except IntegrityError:
        raise WrongState("Somebody asked about these two already; answer there.") from None
