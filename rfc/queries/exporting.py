"""The rows of the directory as a file holds them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from rfc.models import RFC
from rfc.queries.lists import open_threads

COLUMNS = (
    "key",
    "title",
    "state",
    "author",
    "line",
    "team",
    "source",
    "initiative",
    "revision",
    "open_threads",
    "superseded_by",
    "created",
    "changed",
    "problem",
    "decision_asked",
    "url",
)


def exported(found: Iterable[RFC]) -> Iterator[tuple[Any, ...]]:
    """One row per RFC, in the order of COLUMNS. Two queries."""
    rfcs = list(found)
    asked = open_threads(rfcs)
    for rfc in rfcs:
        yield (
            rfc.key,
            rfc.title,
            rfc.phase,
            rfc.author.name,
            rfc.line.name if rfc.line else "",
            rfc.owning_team.name if rfc.owning_team else "",
            rfc.source,
            rfc.initiative.key if rfc.initiative else "",
            rfc.revision_count,
            asked.get(rfc.pk, 0),
            rfc.superseded_by.key if rfc.superseded_by else "",
            rfc.created_date.isoformat(),
            rfc.changed_at.isoformat(timespec="seconds"),
            rfc.summary_problem,
            rfc.decision_asked,
            f"{settings.BASE_URL}{rfc.get_absolute_url()}",
        )
