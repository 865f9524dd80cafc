"""Panels on another app's page: who knows more about an object puts a card there.

An app below cannot import one above; the upper app registers a panel for a place by name
("kpi"), the page of the place asks for all of them. Knows no app.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Line:
    """One row of a panel. `kind` is a badge kind, `meta` one muted line."""

    title: str
    href: str
    key: str = ""
    meta: str = ""
    kind: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Panel:
    """A card: heading, rows, the sentence for none, and where the rest is."""

    slug: str
    title: str
    rows: list[Line] = field(default_factory=list)
    empty: str = ""
    sub: str = ""
    more: str = ""


Provider = Callable[[HttpRequest, Any], Iterable[Panel]]
_providers: dict[str, list[Provider]] = {}


def register(place: str, provider: Provider) -> None:
    """Let a provider answer for a place. It may cost a constant number of queries."""
    known = _providers.setdefault(place, [])
    if provider not in known:
        known.append(provider)


def panels(place: str, request: HttpRequest, subject: Any) -> list[Panel]:
    """Every panel of a place for one object."""
    return [panel for provide in _providers.get(place, []) for panel in provide(request, subject)]
