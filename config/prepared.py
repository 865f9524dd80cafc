"""Queries put together once per process; only the values in their slots change.

Every page asks who is signed in and what they may do. To build such a query and turn it into SQL
costs the application more than the answer costs the database.
"""

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet

# Stand for a value while the query is put together; no real key or number of a row is one of these.
INTEGER = 2_147_480_000
TEXT = "\ue000slot"
MOST_SHAPES = 64


@dataclass(frozen=True)
class Ready:
    """A query with its values: what it makes of rows, its SQL, and the values of that."""

    template: QuerySet[Any]
    compiler: Any
    sql: str
    given: tuple[Any, ...]

    def rows(self) -> list[Any]:
        """What it finds."""
        own = copy(self.compiler)
        # It was put together in some thread; each thread has a connection of its own.
        own.connection = connections[self.template.db]
        own.as_sql = lambda *_args, **_more: (self.sql, self.given)
        return made_by(self.template, own)


class Prepared:
    """A query with slots, each for one value of a type: `int` or `str`.

    `build` is given a marker per slot, and by name what the query is shaped by. It must put each
    marker into the query unchanged. Raises ValueError where it does not.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], *slots: type) -> None:
        self.build = build
        self.markers = [
            INTEGER + at if kind is int else f"{TEXT}{at}" for at, kind in enumerate(slots)
        ]
        self._known: dict[Hashable, Ready] = {}

    def of(self, *values: Any, shape: Hashable = None, **told: Any) -> Ready:
        """The query for these. `shape` names everything it depends on beside slots and rows."""
        if shape not in self._known:
            if len(self._known) >= MOST_SHAPES:
                self._known.clear()
            self._known[shape] = self._put_together(told)
        known = self._known[shape]
        filled = dict(zip(self.markers, values, strict=True))
        # A column of small numbers has a type of its own for its values.
        given = tuple(type(one)(filled[one]) if _marks(one, filled) else one for one in known.given)
        return Ready(known.template, known.compiler, known.sql, given)

    def rows(self, *values: Any, shape: Hashable = None, **told: Any) -> list[Any]:
        """What the query finds for these."""
        return self.of(*values, shape=shape, **told).rows()

    def _put_together(self, told: dict[str, Any]) -> Ready:
        rows = self.build(*self.markers, **told)
        compiler = rows.query.get_compiler(rows.db)
        sql, given = compiler.as_sql()
        if {one for one in given if _marks(one, self.markers)} != set(self.markers):
            message = "A slot's marker is not among the values of the query."
            raise ValueError(message)
        return Ready(rows, compiler, sql, tuple(given))


def made_by(rows: QuerySet[Any], compiler: Any) -> list[Any]:
    """What a queryset makes of the rows that this compiler gives it."""
    own: Any = rows._chain()  # type: ignore[attr-defined]
    own._query.get_compiler = lambda *_args, **_more: compiler
    return list(own)


def _marks(value: Any, markers: Any) -> bool:
    return isinstance(value, int | str) and value in markers
