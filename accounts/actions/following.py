"""Following things of kinds that keep no followers of their own: RFCs, KPIs, teams."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Following, Person, Reason
from config.flow.errors import NotYours


@transaction.atomic
def follow_thing(*, kind: str, pk: int, actor: Any) -> Following:
    """Follow from now on; who left before comes back."""
    if not actor.is_active:
        raise NotYours("Only people who can sign in follow.")
    row, new = Following.objects.get_or_create(kind=kind, subject_id=pk, person=actor)
    if not new and row.left_at is not None:
        row.left_at, row.since = None, timezone.now()
        row.save(update_fields=["left_at", "since"])
    return row


@transaction.atomic
def unfollow_thing(*, kind: str, pk: int, actor: Any) -> None:
    """Stop following; acts of one's own do not bring it back."""
    if not actor.is_active:
        raise NotYours("Only people who can sign in follow.")
    Following.objects.update_or_create(
        kind=kind, subject_id=pk, person=actor, defaults={"left_at": timezone.now()}
    )


def thing_followed_by_itself(*, kind: str, pk: int, people: Iterable[Person]) -> None:
    """These people follow unless they left before; one query."""
    Following.objects.bulk_create(
        [Following(kind=kind, subject_id=pk, person=person) for person in people],
        ignore_conflicts=True,
    )


def audience(
    kind: str, pk: int, *, team: Any = None, also: Iterable[tuple[Any, str]] = ()
) -> dict[Person, str]:
    """Who is told of changes of a thing, and why: `also` (its owner, its author) unless they left,
    its followers, and those who follow its team. One query.
    """
    team_id = getattr(team, "pk", team)
    rows = Following.objects.filter(kind=kind, subject_id=pk)
    if team_id is not None:
        rows = rows | Following.objects.filter(kind="team", subject_id=team_id, left_at=None)
    found = list(rows.select_related("person"))
    left = {row.person_id for row in found if row.left_at is not None}
    told: dict[Person, str] = {}
    for person, reason in also:
        if person is not None and person.pk not in left:
            told.setdefault(person, reason)
    for row in found:
        if row.person_id not in left:
            told.setdefault(row.person, Reason.FOLLOWED if row.kind == kind else Reason.TEAM)
    return told
