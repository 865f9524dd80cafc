"""Access goes through `visible_to`: the first call of every read for a person.

A sign-in may be narrowed to business lines (an API token may). Then the person carries the lines'
ids as `limited_to`, and rows of other lines, or of no line, are as good as missing. A model says
where its line is found:

    in_line = "initiative__line"    the path to the line
    in_line = ""                    belongs to no line and is shared by all
    shared_without_line = True      a row whose line is empty is shared by all

A model that says nothing shows nothing to a narrowed sign-in.
"""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class VisibleQuerySet(models.QuerySet[Any]):
    """Rows that every signed-in, active person may read; apps narrow it where a row is private."""

    def visible_to(self, person: Any) -> Self:
        """Rows this person may see; nobody sees anything without signing in."""
        if getattr(person, "is_authenticated", False) and person.is_active:
            return within_lines(self, person)
        return self.none()


def limit_of(person: Any) -> frozenset[int] | None:
    """The lines a sign-in is narrowed to; None where it is not."""
    found: frozenset[int] | None = getattr(person, "limited_to", None)
    return found


def within_lines(rows: Rows, person: Any) -> Rows:
    """The rows of the lines a sign-in is narrowed to; all rows where it is not."""
    lines = limit_of(person)
    if lines is None:
        return rows
    path = getattr(rows.model, "in_line", None)
    if path is None:
        return rows.none()
    if not path:
        return rows
    wanted = Q((f"{path}__in", sorted(lines)))
    if getattr(rows.model, "shared_without_line", False):
        wanted |= Q((f"{path}__isnull", True))
    return rows.filter(wanted)


def administers(person: Any) -> bool:
    """Whether the person administers this installation, and signed in for that."""
    signed_in = bool(person.is_authenticated and person.is_active and person.is_staff)
    return signed_in and getattr(person, "token_scope", "") in {"", "admin"}
