"""Whole pages of questions put together once per process and read by one statement.

`config.prepared` does this for one query and `config.batch` reads several at once; this is both: a
page that always asks the same two dozen things has one statement, and only the values change.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from config.batch import Statement, read_by, statement_of
from config.prepared import INTEGER

Asked = dict[str, QuerySet[Any]]


@dataclass(frozen=True)
class _Made:
    """The questions, their statement, and which of its values are given anew (place → which)."""

    asked: Asked
    statement: Statement
    places: dict[int, int]


class Kept:
    """Questions that a process puts together once, which costs more than to have them answered.

    `ask` gets a stand-in for every value that differs from one reading to the next, and says by
    name what is asked. Whatever else the questions depend on (a person's rights, the language, the
    hour) must be among the values: what `ask` reads elsewhere would be kept for everybody.
    """

    def __init__(self, ask: Callable[..., Asked]) -> None:
        self._ask = ask
        self._made: _Made | None = None

    def read(self, *values: int | date) -> dict[str, list[Any]]:
        """The rows of each question, by its name; one statement for all.

        Raises TypeError where a value is given that no question asks for.
        """
        made = self._made = self._made or self._put_together(values)
        given = list(made.statement.given)
        for at, which in made.places.items():
            given[at] = _like(given[at], values[which])
        found = read_by(replace(made.statement, given=tuple(given)), [*made.asked.values()])
        return dict(zip(made.asked, found, strict=True))

    def _put_together(self, values: tuple[int | date, ...]) -> _Made:
        blanks = [_stand_in(n, value) for n, value in enumerate(values)]
        asked = self._ask(*blanks)
        statement = statement_of(list(asked.values()))
        places = {
            at: n
            for at, param in enumerate(statement.given)
            for n, blank in enumerate(blanks)
            if isinstance(param, type(blank)) and param == blank
        }
        if set(places.values()) != set(range(len(blanks))):
            raise TypeError("A value that is given does not reach the statement.")
        return _Made(asked, statement, places)


def _like(param: Any, value: int | date) -> Any:
    """The value as the driver was told of its stand-in: numbers carry the size of their column."""
    return value if isinstance(value, date) else type(param)(value)


def _stand_in(n: int, value: int | date) -> int | date:
    """A value of the same type that no question names by itself."""
    return date.max.replace(day=n + 1) if isinstance(value, date) else INTEGER + n
