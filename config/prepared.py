"""Queries put together once per process; only the values in their slots change.

Every page asks who is signed in and what they may do. To build such a query and turn it into SQL
costs the application more than the answer costs the database.
"""

from collections.abc import Callable, Hashable
from copy import copy
from typing import Any

from django.db.models import QuerySet

# Stand for a value while the query is put together; no real key or number of a row is one of these.
INTEGER = 2_147_480_000
TEXT = "\ue000slot"
MOST_SHAPES = 64


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
        self._known: dict[Hashable, tuple[QuerySet[Any], Any, str, tuple[Any, ...]]] = {}

    def rows(self, *values: Any, shape: Hashable = None, **told: Any) -> list[Any]:
        """What the query finds. `shape` names everything it depends on beside slots and rows."""
        if shape not in self._known:
            if len(self._known) >= MOST_SHAPES:
                self._known.clear()
            self._known[shape] = self._put_together(told)
        template, compiler, sql, given = self._known[shape]
        filled = dict(zip(self.markers, values, strict=True))
        params = tuple(filled[one] if _marks(one, filled) else one for one in given)
        ready = copy(compiler)
        ready.as_sql = lambda *_args, **_more: (sql, params)
        found: Any = template._chain()  # type: ignore[attr-defined]
        found._query.get_compiler = lambda *_args, **_more: ready
        return list(found)

    def _put_together(
        self, told: dict[str, Any]
    ) -> tuple[QuerySet[Any], Any, str, tuple[Any, ...]]:
        rows = self.build(*self.markers, **told)
        compiler = rows.query.get_compiler(rows.db)
        sql, given = compiler.as_sql()
        if {one for one in given if _marks(one, self.markers)} != set(self.markers):
            message = "A slot's marker is not among the values of the query."
            raise ValueError(message)
        return rows, compiler, sql, tuple(given)


def _marks(value: Any, markers: Any) -> bool:
    return type(value) in (int, str) and value in markers
