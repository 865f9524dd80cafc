"""What initiatives give to every page's shell: numbers in the rail, found things in the palette."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from config.web import nav, palette
from initiatives.queries import needs as needs  # noqa: PLC0414 - importing registers Home's rows
from initiatives.queries import needs_gates as needs_gates  # noqa: PLC0414 - the same
from initiatives.queries import needs_portfolio as needs_portfolio  # noqa: PLC0414 - the same
from initiatives.queries import needs_roles as needs_roles  # noqa: PLC0414 - the same
from initiatives.queries.coordination import waiting_referrals
from initiatives.queries.found import best
from initiatives.queries.lists import own_triage, triage_queue
from initiatives.queries.saved_views import rail_views, views_of_rail

MOST = 8


def waiting(request: HttpRequest) -> Any:
    """Requests that wait for triage, of a product manager the own ones; the rail counts them."""
    own = own_triage(request.user)
    queue = triage_queue(request.user)
    return queue if own is None else queue.filter(own)


def found(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """Initiatives by key or words."""
    rows = best(request.user, typed, MOST)
    return [
        palette.Entry(str(row), row.get_absolute_url(), hint=_("Initiative"), icon="layers")
        for row in rows
    ]


def starred_views(request: HttpRequest) -> list[nav.Starred]:
    """The saved views a person starred."""
    open_now = request.GET.get("view", "") if request.path == "/initiatives" else ""
    return [
        nav.Starred(view.name, view.get_absolute_url(), current=str(view.pk) == open_now)
        for view in rail_views(request).starred
    ]


def referrals_waiting(request: HttpRequest) -> Any:
    """Referrals that wait for this person's answer; the rail counts them."""
    return waiting_referrals(request.user)


PLACES = (
    (_lazy("Your requests"), "/requests", "inbox"),
    (_lazy("Sources of requests"), "/sources", "sprout"),
    (_lazy("Research notes"), "/notes", "notebook-pen"),
    (_lazy("New research note"), "/notes/new", "notebook-pen"),
    (_lazy("Imports"), "/import", "table"),
    (_lazy("Import requests"), "/import/requests", "upload"),
)


def places(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """Pages without an entry of their own in the rail."""
    words = typed.lower().split()
    return [
        palette.Entry(str(name), href, hint=_("Page"), icon=icon)
        for name, href, icon in PLACES
        if words and all(word in str(name).lower() for word in words)
    ]


nav.count("intake", waiting)
nav.count("portfolio", referrals_waiting)
nav.rows("views", views_of_rail)
nav.stars(starred_views)
palette.register(found)
palette.register(places)
