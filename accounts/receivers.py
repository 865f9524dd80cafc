"""What accounts adds to the shell: shipped reporting lines, the scope switch, palette and search."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Person, Team
from accounts.reporting import ship_reporting_lines
from config.flow.signals import ship_defaults
from config.web import nav, palette, search

LIMIT = 5


@receiver(ship_defaults, dispatch_uid="accounts.ship")
def ship(**_more: Any) -> None:
    """Load the reporting lines where they are missing."""
    ship_reporting_lines()


def line_scopes(request: HttpRequest) -> Iterable[nav.Scope]:
    """The business lines of the scope switch. One query."""
    rows = BusinessLine.objects.visible_to(request.user).values_list("slug", "name")
    return [nav.Scope(slug, name) for slug, name in rows]


def found_in_palette(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """People, lines and teams. Three queries."""
    return [
        palette.Entry(hit.title, hit.href, hit.meta, "user" if "/people/" in hit.href else "users")
        for hit in [*_people(request, typed)[:LIMIT], *_places(request, typed)[:LIMIT]]
    ]


def found_people(request: HttpRequest, words: str) -> search.Group:
    """People for the search page."""
    return search.Group("people", _("People"), "user", _people(request, words))


def found_places(request: HttpRequest, words: str) -> search.Group:
    """Lines and teams for the search page."""
    return search.Group("teams", _("Lines and teams"), "users", _places(request, words))


def _people(request: HttpRequest, words: str) -> list[search.Hit]:
    named = Q(name__icontains=words) | Q(handle__icontains=words) | Q(email__icontains=words)
    rows = Person.objects.visible_to(request.user).filter(named)[: search.SHOWN]
    return [search.Hit(p.name, p.get_absolute_url(), meta=_("Person")) for p in rows]


def _places(request: HttpRequest, words: str) -> list[search.Hit]:
    lines = BusinessLine.objects.visible_to(request.user).filter(name__icontains=words)
    teams = Team.objects.visible_to(request.user).filter(name__icontains=words)
    return [
        *(search.Hit(x.name, x.get_absolute_url(), meta=_("Line")) for x in lines[: search.SHOWN]),
        *(
            search.Hit(t.name, t.get_absolute_url(), meta=_("Team in %s") % t.line)
            for t in teams.select_related("line")[: search.SHOWN]
        ),
    ]


nav.scopes(line_scopes)
palette.register(found_in_palette)
search.provide(found_people)
search.provide(found_places)
