"""Following an initiative. Owner and requester follow by the database itself, whoever writes."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotYours
from initiatives.models import Follow, Initiative


@transaction.atomic
def follow(*, initiative: Initiative, actor: Any) -> Follow:
    """Follow from now on; who left before comes back."""
    if not actor.is_active:
        raise NotYours("Only people who can sign in follow.")
    row, new = Follow.objects.get_or_create(initiative=initiative, person=actor)
    if not new and row.left_at is not None:
        row.left_at, row.since, row.why = None, timezone.now(), Follow.Why.OWN
        row.save(update_fields=["left_at", "since", "why"])
    return row


@transaction.atomic
def unfollow(*, initiative: Initiative, actor: Any) -> None:
    """Stop following; a later mention does not bring it back."""
    if not actor.is_active:
        raise NotYours("Only people who can sign in follow.")
    Follow.objects.update_or_create(
        initiative=initiative, person=actor, defaults={"left_at": timezone.now()}
    )


def follow_by_itself(*, initiative: Initiative, people: Iterable[Any], why: str) -> None:
    """These people follow unless they left before; one query."""
    Follow.objects.bulk_create(
        [Follow(initiative=initiative, person=person, why=why) for person in people],
        ignore_conflicts=True,
    )
