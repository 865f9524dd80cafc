"""The positions of one RFC as its page lists them, with what each still means."""

from typing import Any

from django.utils import timezone

from rfc.models import RFC, Position, Stance, without_text
from rfc.permissions import closes_block


def positions_of(rfc: RFC, person: Any) -> list[Position]:
    """Newest first; each knows whether it is an open block, may be closed, or holds no longer.

    One query, and a few more where a block is open that somebody else left behind.
    """
    related = ("person", "revision", "resolution_owner", "closed_by")
    rows: Any = rfc.positions.select_related(*related).defer(*without_text("revision"))
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
