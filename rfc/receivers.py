"""What RFCs add to the shell: palette, search, cards on the pages of lines, teams and people."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Person, Team
from config.flow.keys import number_of
from config.flow.signals import ship_defaults
from config.web import nav, palette, search
from config.web.panels import Line, Panel, register
from rfc.actions.starting import current_template
from rfc.filters import asked_of
from rfc.models import RFC
from rfc.queries.lists import BADGES, in_plain, rfcs_for
from rfc.queries.lists import search as found_in_texts

LIMIT = 6


def found_in_palette(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """RFCs by key or title. One query."""
    number = number_of("RFC", typed)
    wanted = Q(number=number) if number else Q(title__icontains=typed)
    found = RFC.objects.visible_to(request.user).filter(wanted)[:LIMIT]
    return [
        palette.Entry(f"{rfc.key} {rfc.title}", rfc.get_absolute_url(), _("RFC"), "file-text")
        for rfc in found
    ]


def found_rfcs(request: HttpRequest, words: str) -> search.Group:
    """RFCs whose newest text holds the words, for the search page. One query."""
    hits = [
        search.Hit(
            rfc.title,
            rfc.get_absolute_url(),
            key=rfc.key,
            meta=f"{rfc.get_state_label()} · {rfc.author.name}",
            text=in_plain(body),
        )
        for rfc, body in found_in_texts(request.user, words, search.SHOWN + 1)
    ]
    return search.Group("rfcs", _("RFCs"), "file-text", hits, more=f"/rfcs?q={words}")


def address_of(request: HttpRequest, number: int) -> str:
    """Where RFC-7 leads."""
    rfc = RFC.objects.visible_to(request.user).filter(number=number).first()
    return rfc.get_absolute_url() if rfc else ""


def waiting(request: HttpRequest) -> int | None:
    """How many RFCs wait for a position of the person. One query."""
    return asked_of(request.user).count() or None


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """The RFCs of a line."""
    return [_panel(rfcs_for(request.user).filter(line=line), f"/rfcs?line={line.slug}")]


def of_team(request: HttpRequest, team: Team) -> list[Panel]:
    """The RFCs a team owns."""
    return [_panel(rfcs_for(request.user).filter(owning_team=team), "")]


def of_person(request: HttpRequest, person: Person) -> list[Panel]:
    """The RFCs a person wrote."""
    found = rfcs_for(request.user).filter(author=person)
    return [_panel(found, f"/rfcs?author={person.pk}")]


def _panel(found: QuerySet[RFC], more: str) -> Panel:
    rows = [
        Line(
            title=rfc.title,
            href=rfc.get_absolute_url(),
            key=rfc.key,
            meta=rfc.author.name,
            kind=BADGES[rfc.phase],
            badge=rfc.get_state_label(),
        )
        for rfc in found[:LIMIT]
    ]
    return Panel("rfcs", _("RFCs"), rows, empty=_("No RFC belongs here yet."), more=more)


@receiver(ship_defaults, dispatch_uid="rfc.template")
def template_is_there(**_kwargs: Any) -> None:
    """The template RFCs start from, where none was loaded yet."""
    current_template()


palette.register(found_in_palette)
search.provide(found_rfcs)
search.jump("RFC", address_of)
nav.count("rfc_list", waiting)
register("line", of_line)
register("team", of_team)
register("person", of_person)
