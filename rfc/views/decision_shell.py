"""What the log of decisions gives to the shell: palette, search, rail, cards of lines and people."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BusinessLine, Person
from config.batch import Asker
from config.flow.keys import number_of
from config.web import nav, palette, search
from config.web.panels import Line, Panel, register
from rfc.models import Decision
from rfc.queries.decisions import decisions_for, matching, to_confirm

MOST = 6


def found_in_palette(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """Decisions by key or words. One query."""
    number = number_of("DEC", typed)
    found: Any = Decision.objects.visible_to(request.user)
    found = found.filter(number=number) if number else matching(found, typed)
    return [
        palette.Entry(str(each), each.get_absolute_url(), _("Decision"), "scale")
        for each in found[:MOST]
    ]


def found_decisions(request: HttpRequest, words: str) -> Asker:
    """Decisions for the search page."""
    hits = [
        search.Hit(
            each.question,
            each.get_absolute_url(),
            key=each.key,
            meta=f"{each.decided_by_name} · {each.decided_date:%-d %b %Y}",
            text=f"{each.decision} {each.reason}",
        )
        for each in (yield matching(decisions_for(request.user), words)[: search.SHOWN + 1])
    ]
    more = f"/decisions?{urlencode({'q': words})}"
    yield search.Group("decisions", _("Decisions"), "scale", hits, more=more)


def address_of(request: HttpRequest, number: int) -> str:
    """Where DEC-3 leads."""
    found = Decision.objects.visible_to(request.user).filter(number=number).first()
    return found.get_absolute_url() if found else ""


def waiting(request: HttpRequest) -> Any:
    """Decisions that wait for this person's word; the rail counts them."""
    return to_confirm(request.user)


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """What was decided in a line."""
    found = decisions_for(request.user).filter(line=line)
    return [panel(found, f"/decisions?line={line.slug}")]


def of_person(request: HttpRequest, person: Person) -> list[Panel]:
    """What a person decided."""
    found = decisions_for(request.user).filter(decided_by=person)
    return [panel(found, f"/decisions?who={person.pk}")]


def panel(found: QuerySet[Any], more: str = "") -> Panel:
    """Decisions as a card."""
    rows = [
        Line(
            title=each.question,
            href=each.get_absolute_url(),
            key=each.key,
            meta=f"{each.decided_date:%-d %b %Y}",
            kind="neutral" if each.successor else "",
            badge=_("Superseded") if each.successor else "",
        )
        for each in found[:MOST]
    ]
    return Panel("decisions", _("Decisions"), rows, empty=_("No decision yet."), more=more)


nav.register(nav.Entry(gettext_lazy("Decisions"), "decision_list", "scale", "d"), after="rfc_list")
nav.count("decision_list", waiting)
palette.register(found_in_palette)
search.provide(found_decisions)
search.jump("DEC", address_of)
register("line", of_line)
register("person", of_person)
