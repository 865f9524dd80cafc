"""What KPIs add to the shell: palette, search, and a card on the pages of lines and teams."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BusinessLine, Person, Team
from accounts.subjects import Kind
from accounts.subjects import register as register_kind
from config.batch import Asker
from config.flow.keys import number_of
from config.web import palette, search
from config.web.panels import Line, Panel, register
from kpis.cards import status_in_words, value_in_words
from kpis.models import KPI
from kpis.queries import kpis_for, standings

LIMIT = 6


def _matching(request: HttpRequest, words: str) -> QuerySet[KPI]:
    named = Q(name__icontains=words) | Q(search=words)
    number = number_of("KPI", words)
    found: QuerySet[KPI] = KPI.objects.visible_to(request.user).select_related("line")
    return found.filter(named | Q(number=number) if number else named)


def found_in_palette(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """KPIs by key or name. One query."""
    return [
        palette.Entry(f"{kpi.key} {kpi.name}", kpi.get_absolute_url(), _("KPI"), "chart-line")
        for kpi in _matching(request, typed)[:LIMIT]
    ]


def found_kpis(request: HttpRequest, words: str) -> Asker:
    """KPIs for the search page."""
    hits = [
        search.Hit(
            kpi.name,
            kpi.get_absolute_url(),
            key=kpi.key,
            meta=str(kpi.line or _("Company")),
            text=kpi.definition,
        )
        for kpi in (yield _matching(request, words)[: search.SHOWN])
    ]
    yield search.Group("kpis", _("KPIs"), "chart-line", hits, more=f"/kpis?q={words}")


def address_of(request: HttpRequest, number: int) -> str:
    """Where KPI-3 leads."""
    kpi = KPI.objects.visible_to(request.user).filter(number=number).first()
    return kpi.get_absolute_url() if kpi else ""


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """The KPIs of a line."""
    return [_panel(kpis_for(request.user).filter(line=line), f"/kpis?line={line.slug}")]


def of_team(request: HttpRequest, team: Team) -> list[Panel]:
    """The KPIs of a team."""
    return [_panel(kpis_for(request.user).filter(team=team), "")]


def of_person(request: HttpRequest, person: Person) -> list[Panel]:
    """The KPIs a person answers for. What is listed is the KPI, never the person's own measure."""
    return [_panel(kpis_for(request.user).filter(owner=person), "")]


def _panel(found: QuerySet[KPI], more: str) -> Panel:
    rows = [
        Line(
            title=each.kpi.name,
            href=each.kpi.get_absolute_url(),
            meta=_told(value_in_words(each), each.kpi.in_words(each.target.value))
            if each.target
            else value_in_words(each),
            kind=each.status,
            badge=status_in_words(each) or _words(each.status),
        )
        for each in standings(found.order_by("name", "id")[:LIMIT], trends=False)
    ]
    return Panel("kpis", _("KPIs"), rows, empty=_("No KPI belongs here yet."), more=more)


def _told(now: str, target: str) -> str:
    return _("%(now)s, target %(target)s") % {"now": now, "target": target}


def _words(status: str) -> str:
    return {
        "on_track": _("On track"),
        "at_risk": _("At risk"),
        "off_track": _("Off track"),
    }.get(status, _("Unknown"))


register_kind(Kind("kpi", gettext_lazy("KPI"), "chart-line", KPI.objects.visible_to, True))
palette.register(found_in_palette)
search.provide(found_kpis)
search.jump("KPI", address_of)
register("line", of_line)
register("team", of_team)
register("person", of_person)
