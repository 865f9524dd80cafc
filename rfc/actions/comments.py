"""Comments, answers and looks. None of them is a position."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.models import RFC, Comment, Look
from rfc.permissions import may_comment, resolves


@transaction.atomic
def comment(
    *,
    rfc: RFC,
    actor: Any,
    text: str,
    section_slug: str = "",
    quote: str = "",
    parent: Comment | None = None,
) -> Comment:
    """Remark on the newest revision, or answer a thread. A look asked of the person is done."""
    if not may_comment(actor):
        raise NotYours("Sign in to comment.")
    if not text.strip():
        raise NotAllowed("Write a sentence before sending the comment.")
    revision = rfc.revisions.first()
    if revision is None:
        raise NotAllowed(f"{rfc.key} has no revision yet, so there is nothing to comment on.")
    if parent is not None and parent.parent_id is not None:
        parent = parent.parent
    if parent is not None and parent.resolved_at is not None:
        raise WrongState("This thread was resolved; start a new one.")
    made = Comment.objects.create(
        rfc=rfc,
        revision=parent.revision if parent else revision,
        parent=parent,
        section_slug=section_slug,
        quote=" ".join(quote.split())[:400],
        text=text.strip(),
        author=actor,
    )
    Look.objects.filter(rfc=rfc, person=actor, looked_at=None).update(looked_at=timezone.now())
    return made


@transaction.atomic
def resolve_comment(*, thread: Comment, actor: Any, reason: str) -> Comment:
    """Settle a thread with a reason; it stays readable."""
    locked = Comment.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if not resolves(actor, locked.rfc, locked):
        raise NotYours(
            f"A thread is resolved by whoever started it ({locked.author.name}) or by the authors."
        )
    if locked.parent_id is not None or locked.resolved_at is not None:
        raise WrongState("This thread is resolved already.")
    if not reason.strip():
        raise NotAllowed("Say in a few words how the question was settled.")
    locked.resolved_at, locked.resolved_by = timezone.now(), actor
    locked.resolution = reason.strip()[:400]
    locked.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    return locked


@transaction.atomic
def ask_for_look(*, rfc: RFC, actor: Any, people: Iterable[Any], note: str = "") -> list[Look]:
    """Ask people to read. Who was asked already and has not looked is not asked twice."""
    if not may_comment(actor):
        raise NotYours("Sign in to ask for a look.")
    if not rfc.revision_count:
        raise NotAllowed(f"{rfc.key} has no revision yet; publish the draft, then ask for a look.")
    chosen = [person for person in people if person.pk != actor.pk]
    if not chosen:
        raise NotAllowed("Choose at least one other person.")
    return [
        Look.objects.get_or_create(
            rfc=rfc,
            person=person,
            looked_at=None,
            defaults={"asked_by": actor, "note": note.strip()[:400]},
        )[0]
        for person in chosen
    ]


def looked(*, rfc: RFC, actor: Any) -> int:
    """The person has read it; says how many requests that answers."""
    return Look.objects.filter(rfc=rfc, person=actor, looked_at=None).update(
        looked_at=timezone.now()
    )
