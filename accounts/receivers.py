"""What accounts adds to the shell: shipped reporting lines, the scope switch, palette and search."""

from collections.abc import Hashable, Iterable
from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.start_up import follow_start
from accounts.models import BusinessLine, Notice, Person, StartUp, Team
from accounts.reporting import ship_reporting_lines
from accounts.subjects import Kind
from accounts.subjects import register as register_kind
from config.batch import Asker, together
from config.flow.signals import ship_defaults, step_taken
from config.flow.visibility import limit_of
from config.web import nav, palette, search

LIMIT = 5


@receiver(ship_defaults, dispatch_uid="accounts.ship")
def ship(**_more: Any) -> None:
    """Load the reporting lines where they are missing."""
    ship_reporting_lines()


@receiver(step_taken, sender=StartUp, dispatch_uid="accounts.start_up_step")
def start_moved(subject: StartUp, record: Any, **_more: Any) -> None:
    """The line and its roles follow their start."""
    follow_start(start=subject, step=record.step)


def line_scopes(request: HttpRequest) -> Any:
    """The business lines of the scope switch, read with the rail's numbers."""
    return BusinessLine.objects.visible_to(request.user).open().values_list("slug", "name")


def count_facts(request: HttpRequest) -> Hashable:
    """What decides which rows wait for a person: who it is, the roles held now, and the day."""
    person: Any = request.user
    held = frozenset(
        (m.role, m.in_line_id, m.line_id, m.team_id) for m in person.current_memberships()
    )
    facts = (person.pk, person.is_active, person.is_staff, limit_of(person))
    return (*facts, held, timezone.localdate())


def found_in_palette(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """People, lines and teams. One query."""
    people, places = together([_hits(_people(request, typed)), _hits(_places(request, typed))])
    return [
        palette.Entry(hit.title, hit.href, hit.meta, "user" if "/people/" in hit.href else "users")
        for hit in [*people[:LIMIT], *places[:LIMIT]]
    ]


def found_people(request: HttpRequest, words: str) -> Asker:
    """People for the search page."""
    hits = yield from _people(request, words)
    yield search.Group("people", _("People"), "user", hits)


def found_places(request: HttpRequest, words: str) -> Asker:
    """Lines and teams for the search page."""
    hits = yield from _places(request, words)
    yield search.Group("teams", _("Lines and teams"), "users", hits)


def _hits(asked: Asker) -> Asker:
    """What is returned to somebody who asks together with others, as answers."""
    yield from (yield from asked)


def _people(request: HttpRequest, words: str) -> Asker:
    named = Q(name__icontains=words) | Q(handle__icontains=words) | Q(email__icontains=words)
    rows = yield Person.objects.visible_to(request.user).filter(named)[: search.SHOWN]
    return [search.Hit(p.name, p.get_absolute_url(), meta=_("Person")) for p in rows]


def _places(request: HttpRequest, words: str) -> Asker:
    lines = BusinessLine.objects.visible_to(request.user).filter(name__icontains=words)
    teams = Team.objects.visible_to(request.user).filter(name__icontains=words)
    found = yield lines[: search.SHOWN], teams.select_related("line")[: search.SHOWN]
    return [
        *(search.Hit(x.name, x.get_absolute_url(), meta=_("Line")) for x in found[0]),
        *(
            search.Hit(t.name, t.get_absolute_url(), meta=_("Team in %s") % t.line)
            for t in found[1]
        ),
    ]


def unread(request: HttpRequest) -> Any:
    """Entries of the inbox nobody opened; counted with the rail's other numbers."""
    return Notice.objects.visible_to(request.user).unread()


register_kind(Kind("team", gettext_lazy("Team"), "users", Team.objects.visible_to, True))
nav.count("inbox", unread)
nav.scopes(line_scopes)
nav.count_by(count_facts)
palette.register(found_in_palette)
search.provide(found_people)
search.provide(found_places)
