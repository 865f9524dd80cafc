"""What RFCs add to the shell: palette, search, cards on the pages of lines, teams and people."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BusinessLine, Person, Team
from accounts.subjects import Kind
from accounts.subjects import register as register_kind
from config.batch import Asker
from config.flow.keys import number_of
from config.flow.signals import ship_defaults, step_taken
from config.web import nav, palette, search
from config.web.panels import Line, Panel, register
from rfc.actions.news import tell_of_step
from rfc.actions.templates import load_default_template
from rfc.filters import asked_of
from rfc.models import RFC, Decision
from rfc.queries.finding import ask_search as found_in_texts
from rfc.queries.lists import BADGES, rfcs_for, state_words

LIMIT = 6


def found_in_palette(request: HttpRequest, typed: str) -> Iterable[palette.Entry]:
    """RFCs by key or title. One query."""
    number = number_of("RFC", typed)
    wanted = Q(number=number) if number else Q(title__icontains=typed)
    found = RFC.objects.visible_to(request.user).filter(wanted).select_related("superseded_by")
    return [
        palette.Entry(f"{rfc.key} {rfc.title}", rfc.get_absolute_url(), hint(rfc), "file-text")
        for rfc in found[:LIMIT]
    ]


def hint(rfc: RFC) -> str:
    """What stands beside it in the palette: that it is over, where it is."""
    return state_words(rfc) if rfc.superseded_by_id else _("RFC")


def found_rfcs(request: HttpRequest, words: str) -> Asker:
    """RFCs whose newest text holds the words, for the search page."""
    found = found_in_texts(request.user, words, search.SHOWN + 1)
    hits = [
        search.Hit(
            rfc.title,
            rfc.get_absolute_url(),
            key=rfc.key,
            meta=f"{state_words(rfc)} · {rfc.author.name}",
            excerpt=excerpt,
        )
        for rfc, excerpt in (yield from found)
    ]
    yield search.Group(
        "rfcs", _("RFCs"), "file-text", hits, more=f"/rfcs?{urlencode({'q': words})}"
    )


def address_of(request: HttpRequest, number: int) -> str:
    """Where RFC-7 leads."""
    rfc = RFC.objects.visible_to(request.user).filter(number=number).first()
    return rfc.get_absolute_url() if rfc else ""


def waiting(request: HttpRequest) -> Any:
    """RFCs that wait for a position of the person; the rail counts them."""
    return asked_of(request.user)


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """The RFCs of a line."""
    return [_panel(rfcs_for(request.user).filter(line=line), f"/rfcs?line={line.slug}")]


def of_team(request: HttpRequest, team: Team) -> list[Panel]:
    """The RFCs a team owns."""
    return [_panel(rfcs_for(request.user).filter(owning_team=team), f"/rfcs?team={team.slug}")]


def of_person(request: HttpRequest, person: Person) -> list[Panel]:
    """The RFCs a person wrote."""
    found = rfcs_for(request.user).filter(author=person)
    return [_panel(found, f"/rfcs?{urlencode({'author': person.name})}")]


def _panel(found: QuerySet[RFC], more: str) -> Panel:
    rows = [
        Line(
            title=rfc.title,
            href=rfc.get_absolute_url(),
            key=rfc.key,
            meta=rfc.author.name,
            kind=BADGES[rfc.phase],
            badge=state_words(rfc),
        )
        for rfc in found[:LIMIT]
    ]
    return Panel("rfcs", _("RFCs"), rows, empty=_("No RFC belongs here yet."), more=more)


@receiver(step_taken, sender=RFC, dispatch_uid="rfc.tell_followers")
def followers_hear(subject: RFC, record: Any, actor: Any, **_kwargs: Any) -> None:
    """Whoever follows an RFC hears of its steps."""
    tell_of_step(subject, record, actor)


@receiver(ship_defaults, dispatch_uid="rfc.template")
def template_is_there(**_kwargs: Any) -> None:
    """The template RFCs start from, where none was loaded yet."""
    load_default_template()


register_kind(Kind("rfc", gettext_lazy("RFC"), "file-text", RFC.objects.visible_to, True))
register_kind(Kind("decision", gettext_lazy("Decision"), "gavel", Decision.objects.visible_to))
palette.register(found_in_palette)
search.provide(found_rfcs)
search.jump("RFC", address_of)
nav.count("rfc_list", waiting)
register("line", of_line)
register("team", of_team)
register("person", of_person)
