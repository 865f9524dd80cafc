"""Where sealed secrets rest, so that they can be found again: to seal them with a newer key, to check them.

Lives here: the register, and walking it in batches. Apps declare their places when they start. Knows
no app; returns and logs no secret.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from config.seal import SealBroken, key_of, newest_key, seal, unseal

BATCH = 100


@dataclass(frozen=True)
class Place:
    """A column that holds sealed text, or a JSON column that holds it under `inside`.

    `bound_to` says what a row's secret is bound to. `only` narrows a table in which not every row
    has one; an empty text is no secret.
    """

    model: str
    column: str
    bound_to: Callable[[Any], str]
    inside: str = ""
    only: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return ".".join(filter(None, (self.model, self.column, self.inside)))

    def rows(self) -> QuerySet[Any]:
        """The rows that may hold a secret, by key."""
        held: QuerySet[Any] = apps.get_model(self.model)._base_manager.all()
        return held.filter(**self.only).order_by("pk")

    def read(self, row: Any) -> str:
        """The sealed text of a row; empty where it has none."""
        kept = getattr(row, self.column)
        if self.inside:
            kept = (kept or {}).get(self.inside, "")
        return bytes(kept).decode() if isinstance(kept, bytes | memoryview) else str(kept or "")

    def write(self, row: Any, sealed: str) -> None:
        """Put another sealed text in; nothing else of the row is touched."""
        kept: Any = sealed
        if self.inside:
            kept = {**getattr(row, self.column), self.inside: sealed}
        elif isinstance(getattr(row, self.column), bytes | memoryview):
            kept = sealed.encode()
        type(row)._base_manager.filter(pk=row.pk).update(**{self.column: kept})


_places: dict[str, Place] = {}


def sealed_at(model: str, column: str, bound_to: Callable[[Any], str], **more: Any) -> Place:
    """Declare a place."""
    place = Place(model, column, bound_to, **more)
    _places[place.name] = place
    return place


def all_places() -> list[Place]:
    """Every place, by name."""
    return [_places[name] for name in sorted(_places)]


@dataclass
class Found:
    """What one place holds: secrets per key, rows that do not open, and how many were sealed anew."""

    place: Place
    keys: Counter[str] = field(default_factory=Counter)
    broken: list[Any] = field(default_factory=list)
    renewed: int = 0


def check(place: Place) -> Found:
    """Open every secret of a place, and say by which keys they are sealed."""
    found = Found(place)
    for batch in _batches(place):
        for row in place.rows().filter(pk__in=batch):
            _look(place, row, found)
    return found


def rotate(place: Place) -> Found:
    """Seal every secret of a place with the newest key. Each batch is committed by itself.

    Rows are locked while they are sealed anew, so a secret changed meanwhile is not overwritten.
    Safe to repeat and to stop at any moment: what has the newest key is left alone, and a row that
    does not open stays as it is.
    """
    found, newest = Found(place), newest_key()
    for batch in _batches(place):
        with transaction.atomic():
            held = place.rows().select_for_update(no_key=True, of=("self",))
            for row in held.filter(pk__in=batch):
                text = _look(place, row, found)
                if text is not None and key_of(place.read(row)) != newest:
                    place.write(row, seal(text, bound_to=place.bound_to(row)))
                    found.renewed += 1
    return found


def _look(place: Place, row: Any, found: Found) -> str | None:
    """The secret of a row; None where there is none, or where it does not open."""
    sealed = place.read(row)
    if not sealed:
        return None
    found.keys[key_of(sealed)] += 1
    try:
        return unseal(sealed, bound_to=place.bound_to(row))
    except SealBroken:
        found.broken.append(row.pk)
        return None


def _batches(place: Place) -> Iterator[list[Any]]:
    last: Any = None
    while True:
        rows = place.rows() if last is None else place.rows().filter(pk__gt=last)
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]
