"""What stands in the rail. Apps add numbers and business lines; the list itself is the product's.

An entry whose URL name does not resolve is not shown, so an installation never offers a dead link.
"""

import json
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
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
    count: int | str | None = None


@dataclass(frozen=True)
class Scope:
    """One business line in the scope switch."""

    slug: str
    name: str


@dataclass(frozen=True)
class Starred:
    """Something a person put into the rail."""

    label: str
    href: str
    current: bool = False


# What waits: a query whose rows are counted together with the others', or nothing.
Count = Callable[[HttpRequest], QuerySet[Any] | None]
# Rows of values that the rail reads in the same statement.
Rows = Callable[[HttpRequest], QuerySet[Any]]
Stars = Callable[[HttpRequest], Iterable[Starred]]

RAIL: list[Entry] = [
    Entry(_("Home"), "home", "house", "h"),
    Entry(_("Inbox"), "inbox", "inbox", "i"),
    Entry(_("Intake"), "intake", "funnel", "t"),
    Entry(_("Initiatives"), "initiative_list", "layers", "n"),
    Entry(_("RFCs"), "rfc_list", "file-text", "r"),
    Entry(_("KPIs"), "kpi_list", "chart-line", "k"),
    Entry(_("Ranking"), "ranking", "list-ordered", "o"),
    Entry(_("Portfolio"), "portfolio", "layout-grid", "f"),
    Entry(_("Jira"), "jira", "square-kanban", "j"),
    Entry(_("Teams"), "team_list", "users", "m"),
]
FOOT: list[Entry] = [
    Entry(_("Jobs"), "job_list", "list-checks"),
    Entry(_("Help"), "help", "circle-question-mark"),
    Entry(_("Settings"), "settings", "sliders-horizontal"),
    Entry(_("API tokens"), "service_tokens", "key-round", staff=True),
    Entry(_("Webhooks"), "webhook_list", "webhook", staff=True),
    Entry(_("Chat rooms"), "room_list", "message-square", staff=True),
    Entry(_("Audit trail"), "audit", "shield-check", staff=True),
    Entry(_("Admin"), "admin:index", "shield", staff=True),
]
PHONE: list[Entry] = [
    Entry(_("Home"), "home", "house"),
    Entry(_("Inbox"), "inbox", "inbox"),
    Entry(_("Intake"), "intake", "funnel"),
    Entry(_("New"), "initiative_new", "plus"),
    Entry(_("Search"), "search", "search"),
]
# Everything a count's query depends on beside the rows: the person, roles held, the day.
Facts = Callable[[HttpRequest], Hashable]
_counts: dict[str, Count] = {}
_rows: dict[str, Rows] = {}
_facts: list[Facts] = []
_compiled: dict[Hashable, tuple[list[str], str, list[Any]]] = {}
_stars: list[Stars] = []
# Rail numbers stop here, so that no page reads more because more waits.
MOST = 999
# Statements of the rail's numbers that a process keeps.
MOST_COMPILED = 256


def register(entry: Entry, *, after: str | None = None) -> None:
    """Add an entry to the rail, or replace the one of the same URL name."""
    kept = [e for e in RAIL if e.url_name != entry.url_name]
    at = next((i + 1 for i, e in enumerate(kept) if e.url_name == after), len(kept))
    RAIL[:] = [*kept[:at], entry, *kept[at:]]


def count(url_name: str, ask: Count) -> None:
    """Let an app put a number at an entry. A query is counted with all others in one statement.

    A query may depend on nothing but its rows and what `count_by` names.
    """
    _counts[url_name] = ask
    _compiled.clear()


def count_by(facts: Facts) -> None:
    """Let an app name what queries of counts depend on; the same facts give the same statement."""
    _facts[:] = [facts]
    _compiled.clear()


def rows(name: str, ask: Rows) -> None:
    """Let an app have rows read with the rail's numbers: a query of `values_list`, as `count`."""
    _rows[name] = ask
    _compiled.clear()


def read(request: HttpRequest, name: str) -> list[list[Any]]:
    """Those rows, in their order; none for somebody who is not signed in."""
    return _shell(request).get(name) or [] if request.user.is_authenticated else []


def stars(ask: Stars) -> None:
    """Let an app put what a person starred into the rail."""
    _stars[:] = [ask]


def starred(request: HttpRequest) -> list[Starred]:
    """What a person starred, or nothing."""
    if not request.user.is_authenticated:
        return []
    return [one for ask in _stars for one in ask(request)]


def know_lines(request: HttpRequest, found: Iterable[Scope]) -> None:
    """A page that read the lines anyway says so; the switch does not read them again."""
    request.known_lines = list(found)  # type: ignore[attr-defined]


def scopes(ask: Rows) -> None:
    """Let an app fill the scope switch: slug and name of each line."""
    rows("scopes", ask)


def lines(request: HttpRequest) -> list[Scope]:
    """The business lines of the scope switch, or none."""
    known: list[Scope] | None = getattr(request, "known_lines", None)
    if known is not None:
        return known
    return [Scope(slug, name) for slug, name in read(request, "scopes")]


def address(url_name: str) -> str:
    """The address of a page, or nothing while it does not exist."""
    return _address(url_name, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=512)
def _address(url_name: str, prefix: str, urls: str) -> str:
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


def _count(entry: Entry, request: HttpRequest) -> int | str | None:
    if not request.user.is_authenticated or entry.url_name not in _counts:
        return None
    number = _shell(request).get(entry.url_name) or None
    return f"{MOST}+" if number and number > MOST else number


def _shell(request: HttpRequest) -> dict[str, Any]:
    """Every number and row of the rail, read once per page in one statement."""
    known: dict[str, Any] | None = getattr(request, "rail_read", None)
    if known is None:
        known = _read(*_statement(request))
        request.rail_read = known  # type: ignore[attr-defined]
    return known


def _statement(request: HttpRequest) -> tuple[list[str], str, list[Any]]:
    """Names, statement and values. To put the queries together costs more than to run them."""
    facts = [facts(request) for facts in _facts]
    known = _compiled.get(facts[0]) if facts else None
    if known is None:
        asked = {name: ask(request) for name, ask in _counts.items()}
        known = _together(
            {n: found for n, found in asked.items() if found is not None},
            {name: ask(request) for name, ask in _rows.items()},
        )
        if len(_compiled) >= MOST_COMPILED:
            _compiled.clear()
        _compiled.update((fact, known) for fact in facts)
    return known


def _together(
    counted: dict[str, QuerySet[Any]], rows: dict[str, QuerySet[Any]]
) -> tuple[list[str], str, list[Any]]:
    parts: dict[str, str] = {}
    given: list[Any] = []
    for name, found in counted.items():
        with suppress(EmptyResultSet):
            query = found.order_by().values("pk")[: MOST + 1].query
            sql, params = query.get_compiler(found.db).as_sql()
            parts[name] = f"(SELECT COUNT(*) FROM ({sql}) waiting)"  # noqa: S608 - compiled by Django
            given.extend(params)
    for name, found in rows.items():
        with suppress(EmptyResultSet):
            compiler = found.query.get_compiler(found.db)
            sql, params = compiler.as_sql()
            columns = ", ".join(f"c{n}" for n in range(len(compiler.select)))
            parts[name] = (
                f"(SELECT json_agg(json_build_array({columns})) FROM ({sql}) r({columns}))"  # noqa: S608 - compiled by Django
            )
            given.extend(params)
    return list(parts), f"SELECT {', '.join(parts.values())}", given


def _read(names: list[str], sql: str, given: list[Any]) -> dict[str, Any]:
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found = cursor.fetchone() or ()
    return {
        name: json.loads(value) if isinstance(value, str) else value
        for name, value in zip(names, found, strict=False)
    }
