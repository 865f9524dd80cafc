"""The positions of one RFC as its page lists them, with what each still means."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from rfc.models import RFC, Position, Stance
from rfc.permissions import closes_block


def position_rows(rfc: RFC) -> Any:
    """The positions with what a page shows of each, newest first."""
    related = ("person", "revision", "resolution_owner", "closed_by")
    named = ("resolution_owner__name", "closed_by__name", "revision__number")
    return rfc.positions.select_related(*related).only(*_OWN, *_OF_PERSON, *named)


# What is judged stays in the position; a page shows who said what.
_OWN = tuple(f.name for f in Position._meta.concrete_fields if f.name != "fingerprints")
# Beside the name what tells whether somebody can still answer for the function.
_OF_PERSON = ("person__name", "person__picture", "person__is_active", "person__is_staff")


def positions_of(rows: Iterable[Any], rfc: RFC, person: Any) -> list[Position]:
    """Newest first; each knows whether it is an open block, may be closed, or holds no longer.

    A few queries where a block is open that somebody else left behind, none otherwise.
    """
    latest: set[tuple[int, str]] = set()
    found = []
    for row in rows:
        key = (row.person_id, row.function)
        last = key not in latest
        latest.add(key)
        row.rfc = rfc
        row.open_block = last and row.stance == Stance.BLOCK and row.closed_at is None
        row.may_close = row.open_block and closes_block(person, row)
        row.hold_over = not last or (row.expires_at or timezone.now()) <= timezone.now()
        found.append(row)
    return found
