"""Who follows an RFC, a KPI or a team, and what a person follows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Following
from accounts.subjects import about_what_is_seen


@dataclass(frozen=True)
class Follows:
    """Whether the reader follows, and how many people do."""

    mine: bool
    count: int


def following_of(kind: str, pk: int, person: Any) -> Follows:
    """One query."""
    found = Following.objects.filter(kind=kind, subject_id=pk, left_at=None).aggregate(
        n=Count("pk"), mine=Count("pk", filter=Q(person=person.pk))
    )
    return Follows(bool(found["mine"]), found["n"])


def followed_things(person: Any) -> QuerySet[Any]:
    """The rows of what a person follows and still sees, the newest first."""
    seen = about_what_is_seen(person)
    return Following.objects.filter(seen, person=person.pk, left_at=None).order_by("-since", "-id")
