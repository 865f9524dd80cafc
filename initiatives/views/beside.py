"""What initiatives put on other pages: cards on KPIs, lines, teams and people, search results."""

from urllib.parse import quote

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Person, Team
from config.batch import Asker
from config.web import search
from config.web.panels import Line, Panel, register
from initiatives.models import Initiative
from initiatives.phases import words
from initiatives.queries.found import best
from initiatives.queries.notes import noted
from kpis.models import KPI

MOST = 6
ENDED = ("closed", "declined", "duplicate")
KINDS = {"monitoring": "done", "closed": "done", "parked": "waiting", "declined": "neutral"}


def of_kpi(request: HttpRequest, kpi: KPI) -> list[Panel]:
    """Initiatives that promise to move a KPI, with the range each promises."""
    rows = Initiative.objects.visible_to(request.user).filter(promises__kpi=kpi)
    promised = rows.order_by("-number").values_list(
        "number", "title", "phase", "promises__low", "promises__high", "promises__by_date"
    )
    lines = [
        Line(
            title=title,
            href=f"/initiatives/INI-{number}",
            key=f"INI-{number}",
            meta=_("promises %(range)s by %(day)s")
            % {"range": kpi.range_in_words(low, high), "day": f"{by:%-d %b %Y}"},
            kind=KINDS.get(phase, "in_progress"),
            badge=capfirst(str(words(phase))),
        )
        for number, title, phase, low, high, by in promised[:MOST]
    ]
    empty = _("No initiative promises to move it.")
    return [Panel("initiatives", _("Initiatives"), lines, empty=empty)]


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """The live initiatives of a line."""
    return _panel(_live(request).filter(line=line), f"/initiatives?line={line.slug}")


def of_team(request: HttpRequest, team: Team) -> list[Panel]:
    """The live initiatives of a team."""
    return _panel(_live(request).filter(team=team))


def of_person(request: HttpRequest, person: Person) -> list[Panel]:
    """The live initiatives a person answers for or handed in."""
    return _panel(_live(request).filter(Q(owner=person) | Q(requester=person)))


def _live(request: HttpRequest) -> QuerySet[Initiative]:
    found: QuerySet[Initiative] = Initiative.objects.visible_to(request.user)
    return found.exclude(phase__in=ENDED).order_by("-number")


def _panel(found: QuerySet[Initiative], more: str = "") -> list[Panel]:
    lines = [
        Line(
            title=row.title,
            href=row.get_absolute_url(),
            key=row.key,
            kind=KINDS.get(row.phase, "in_progress"),
            badge=capfirst(str(words(row.phase))),
        )
        for row in found.only("number", "title", "phase")[:MOST]
    ]
    empty = _("No initiative is under way here.")
    return [Panel("initiatives", _("Initiatives"), lines, empty=empty, more=more)]


def found_initiatives(request: HttpRequest, typed: str) -> Asker:
    """Initiatives by words of title and problem, for the search page."""
    hits = [
        search.Hit(
            row.title,
            row.get_absolute_url(),
            key=row.key,
            meta=capfirst(str(words(row.phase))),
            text=row.problem,
        )
        for row in (yield best(request.user, typed, search.SHOWN + 1))
    ]
    yield search.Group(
        "initiatives", _("Initiatives"), "layers", hits, f"/initiatives?q={quote(typed)}"
    )


def found_notes(request: HttpRequest, typed: str) -> Asker:
    """Research notes by words of title and text, for the search page."""
    hits = [
        search.Hit(note.title, note.get_absolute_url(), meta=str(note.collector), text=note.text)
        for note in (yield noted(request.user, typed, search.SHOWN + 1))
    ]
    yield search.Group(
        "notes", _("Research notes"), "notebook-pen", hits, f"/notes?q={quote(typed)}"
    )


def address_of(request: HttpRequest, number: int) -> str:
    """Where INI-12 leads."""
    row = Initiative.objects.visible_to(request.user).filter(number=number).first()
    return str(row.get_absolute_url()) if row else ""


register("kpi", of_kpi)
register("line", of_line)
register("team", of_team)
register("person", of_person)
search.provide(found_initiatives)
search.provide(found_notes)
search.jump("INI", address_of)
