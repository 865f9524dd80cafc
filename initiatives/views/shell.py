"""What initiatives give to every page's shell: numbers in the rail, found things in the palette."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.web import nav, palette
from initiatives.filters import InitiativeFilter
from initiatives.queries import needs as needs  # noqa: PLC0414 - importing registers Home's rows
from initiatives.queries.lists import listed, triage_queue

MOST = 8


def waiting(request: HttpRequest) -> int | None:
    """How many requests wait for triage."""
    return triage_queue(request.user).count() or None


def found(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """Initiatives by key or words."""
    data = {"q": typed}
    rows = InitiativeFilter(data, queryset=listed(request.user), request=request).qs
    return [
        palette.Entry(str(row), row.get_absolute_url(), hint=_("Initiative"), icon="layers")
        for row in rows.only("number", "title")[:MOST]
    ]


nav.count("intake", waiting)
palette.register(found)
