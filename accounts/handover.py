"""What somebody holds. Apps above say so; accounts knows none of them. See docs/organisation.md."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from config.flow.versions import VersionedModel, write

# Asked only for what model its rows are of; no query is made.
_NOBODY = None

Rows = Callable[[Any], models.QuerySet[Any]]


def _no_objection(_row: Any, _successor: Any) -> str:
    return ""


def _home(row: Any) -> str:
    found = getattr(row, "get_absolute_url", None)
    return str(found()) if found else ""


@dataclass(frozen=True)
class Holding:
    """A kind of open work that names one person in one column.

    `rows` are the open ones of a person. Without a successor the column is emptied, unless `must`
    says that somebody has to hold it. `unfit` answers with a sentence why a successor cannot.
    """

    slug: str
    label: Any
    rows: Rows
    column: str
    must: bool = False
    # Whether the successor for everything takes it, too.
    follows: bool = True
    title: Callable[[Any], str] = str
    href: Callable[[Any], str] = _home
    unfit: Callable[[Any, Any], str] = _no_objection
    # How it passes on, where setting the column is not all. Called with row, successor, actor.
    passing: Callable[[Any, Any, Any], None] | None = None
    # Whether nobody can take it: it ends with the person.
    ends: bool = False
    # Whether it goes back when the leaving is taken back.
    returns: bool = True

    @property
    def model(self) -> type[models.Model]:
        """The model of its rows."""
        return self.rows(_NOBODY).model

    def open_rows(self, person: Any) -> list[Any]:
        """What the person holds of this kind now."""
        return list(self.rows(person))

    def pass_on(self, row: Any, successor: Any, actor: Any) -> None:
        """Give it to the successor, or end it without one."""
        if self.passing is not None:
            self.passing(row, successor, actor)
        elif isinstance(row, VersionedModel):
            write(row, seen_version=None, **{self.column: successor})
        else:
            setattr(row, self.column, successor)
            row.save(update_fields=[self.column])


_holdings: list[Holding] = []


def register(holding: Holding) -> None:
    """Let an app name a kind of work that passes on when somebody leaves."""
    if all(known.slug != holding.slug for known in _holdings):
        _holdings.append(holding)


@dataclass(frozen=True)
class Held:
    """All that one person holds of a kind."""

    holding: Holding
    rows: list[Any] = field(default_factory=list)

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """Each one in words, and where it is."""
        return [(self.holding.title(row), self.holding.href(row)) for row in self.rows]


def holding_named(slug: str) -> Holding | None:
    """The kind of work of this name; None where no app names it any more."""
    return next((known for known in _holdings if known.slug == slug), None)


def held_by(person: Any) -> list[Held]:
    """Everything a person holds, kind by kind; roles come first, for the others may need them."""
    found = [Held(holding, holding.open_rows(person)) for holding in _holdings]
    return [held for held in found if held.rows]
