"""What people are told of and may follow: the kinds of things, each registered by its own app.

A notice names its subject by kind and row, so that accounts, the ground, knows no other app. A kind
says which rows a person sees; a notice about any other row is not shown to that person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

Visible = Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True)
class Subject:
    """One thing, as a notice names it."""

    kind: str
    pk: int
    key: str
    title: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its word, its icon, the rows a person sees, whether `Following` keeps who
    follows it.
    """

    name: str
    label: Any
    icon: str
    visible: Visible
    followed: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let an app's things be told of."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind | None:
    """The kind of this name, or None."""
    return _kinds.get(name)


def followable(kind: str, pk: int, person: Any) -> Any:
    """The row of a kind people follow, as this person sees it; None otherwise."""
    known = _kinds.get(kind)
    if known is None or not known.followed:
        return None
    return known.visible(person).filter(pk=pk).first()


def about_what_is_seen(person: Any) -> Q:
    """Condition on rows with `kind` and `subject_id`: they are about nothing, or about what the
    person sees.
    """
    wanted = Q(kind="")
    for name, kind in _kinds.items():
        seen = kind.visible(person).order_by().filter(pk=OuterRef("subject_id"))
        wanted |= Q(Exists(seen), kind=name)
    return wanted
