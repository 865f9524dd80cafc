"""Pictures of the whole portfolio, kept until an initiative changes.

To count every row takes longer the more there are, and Home draws the same pictures for everybody. The
newest change is one row of an index; while it stays the same, so does the picture. What it does not
tell of, such as a new name of a line, is seen after a minute.
"""

from collections.abc import Hashable
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from config.batch import Asker, alone
from config.flow.visibility import limit_of
from initiatives.models import Initiative

SECONDS = 60
NEWEST = ("changed_at", "pk", "phase", "line", "state_entered_at")


def until_changed(picture: Hashable, person: Any, asker: Asker) -> Asker:
    """What `asker` answers, or answered lately to somebody who sees the same rows."""
    newest = yield Initiative.objects.order_by("-changed_at", "-id").values_list(*NEWEST)[:1]
    lines = limit_of(person)
    seen = (picture, lines and sorted(lines), person.is_active, newest)
    key = f"picture:{sha256(repr(seen).encode()).hexdigest()}"
    known: list[Any] | None = cache.get(key)
    if known is None:
        known = alone(asker)
        cache.set(key, known, SECONDS)
    yield from known
