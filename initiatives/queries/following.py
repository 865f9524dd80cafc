"""Who follows an initiative, and what a person follows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from config.batch import Asker, alone
from config.prepared import Prepared
from initiatives.models import Follow, Initiative


@dataclass(frozen=True)
class Following:
    """Whether the reader follows, and how many people do."""

    mine: bool
    count: int


def following(initiative: Initiative, person: Any) -> Following:
    """One query."""
    found: Following = alone(ask_following(initiative, person))[0]
    return found


def ask_following(initiative: Initiative, person: Any) -> Asker:
    """The same, asked together with others."""
    found = (yield COUNTED.of(initiative.pk, person.pk)) or [(0, 0)]
    yield Following(bool(found[0][1]), found[0][0])


def _counted(initiative: int, person: int) -> Any:
    live = Follow.objects.filter(initiative=initiative, left_at=None).order_by()
    counted = live.values(all=Value(1)).annotate(
        n=Count("pk"), mine=Count("pk", filter=Q(person=person))
    )
    return counted.values_list("n", "mine")


COUNTED = Prepared(_counted, int, int)


def followers(initiative: Initiative) -> list[Any]:
    """The people who follow, by name; whom notifications reach."""
    rows = Follow.objects.filter(initiative=initiative, left_at=None, person__is_active=True)
    return [row.person for row in rows.select_related("person").order_by("person__name")]


def followed_by(person: Any) -> QuerySet[Any]:
    """The initiatives a person follows, the latest moved first."""
    seen = Initiative.objects.visible_to(person)
    return seen.filter(follows__person=person.pk, follows__left_at=None).order_by(
        "-state_entered_at", "-id"
    )
