"""What stands in the rail. Apps add numbers and business lines; the list itself is the product's.

An entry whose URL name does not resolve is not shown, so an installation never offers a dead link.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """One place: its words, URL name, icon and the letter that follows G."""

    label: str | Promise
    url_name: str
    icon: str
    key: str = ""
    staff: bool = False


@dataclass(frozen=True)
class Shown:
    """An entry on one page."""

    label: str | Promise
    href: str
    icon: str
    key: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Scope:
    """One business line in the scope switch."""

    slug: str
    name: str


Count = Callable[[HttpRequest], int | None]
Scopes = Callable[[HttpRequest], Iterable[Scope]]

RAIL: list[Entry] = [
    Entry(_("Home"), "home", "house", "h"),
    Entry(_("Intake"), "intake", "funnel", "i"),
    Entry(_("Initiatives"), "initiative_list", "layers", "n"),
    Entry(_("RFCs"), "rfc_list", "file-text", "r"),
    Entry(_("KPIs"), "kpi_list", "chart-line", "k"),
    Entry(_("Ranking"), "ranking", "list-ordered", "o"),
    Entry(_("Referrals"), "referral_list", "waypoints", "f"),
    Entry(_("Jira"), "jira", "square-kanban", "j"),
    Entry(_("Teams"), "team_list", "users", "m"),
]
FOOT: list[Entry] = [
    Entry(_("Jobs"), "job_list", "list-checks"),
    Entry(_("Help"), "help", "circle-question-mark"),
    Entry(_("Settings"), "settings", "sliders-horizontal"),
    Entry(_("Admin"), "admin:index", "shield", staff=True),
]
PHONE: list[Entry] = [
    Entry(_("Home"), "home", "house"),
    Entry(_("Intake"), "intake", "funnel"),
    Entry(_("New"), "initiative_new", "plus"),
    Entry(_("Search"), "search", "search"),
]
_counts: dict[str, Count] = {}
_scopes: list[Scopes] = []


def register(entry: Entry, *, after: str | None = None) -> None:
    """Add an entry to the rail, or replace the one of the same URL name."""
    kept = [e for e in RAIL if e.url_name != entry.url_name]
    at = next((i + 1 for i, e in enumerate(kept) if e.url_name == after), len(kept))
    RAIL[:] = [*kept[:at], entry, *kept[at:]]


def count(url_name: str, ask: Count) -> None:
    """Let an app put a number at an entry."""
    _counts[url_name] = ask


def scopes(ask: Scopes) -> None:
    """Let an app fill the scope switch."""
    _scopes[:] = [ask]


def lines(request: HttpRequest) -> list[Scope]:
    """The business lines of the scope switch, or none."""
    return [scope for ask in _scopes for scope in ask(request)]


def address(url_name: str) -> str:
    """The address of a page, or nothing while it does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def shown(entries: Iterable[Entry], request: HttpRequest) -> list[Shown]:
    """The entries a person sees on this page; the one with the longest matching path is current."""
    staff = bool(getattr(request.user, "is_staff", False))
    found = [(entry, address(entry.url_name)) for entry in entries if staff or not entry.staff]
    places = [
        Shown(e.label, href, e.icon, e.key, _covers(href, request.path), _count(e, request))
        for e, href in found
        if href
    ]
    longest = max((len(p.href) for p in places if p.current), default=0)
    return [replace(p, current=p.current and len(p.href) == longest) for p in places]


def _covers(href: str, path: str) -> bool:
    trimmed = href.rstrip("/")
    return path.rstrip("/") == trimmed or bool(trimmed and path.startswith(trimmed + "/"))


def _count(entry: Entry, request: HttpRequest) -> int | None:
    ask: Any = _counts.get(entry.url_name)
    return ask(request) if ask and request.user.is_authenticated else None
