"""Home for newcomers, and since when news are news: three true things, a list of real tasks, looks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from accounts.permissions import lines_of
from config.batch import Asker, alone
from initiatives.lifecycle.initiative import LIVE
from initiatives.models import Follow, HomeLook, Initiative, InitiativeComment
from kpis.models import KPI
from kpis.queries import standings

NEW = timedelta(days=30)
MOST_KPIS = 50


@dataclass(frozen=True)
class Task:
    """One thing a newcomer does, and whether it is done: read from the records, never ticked."""

    words: str
    href: str
    done: bool


@dataclass(frozen=True)
class Truth:
    """A true sentence with the place that shows it."""

    words: str
    href: str
    icon: str


def is_new(person: Any, look: HomeLook | None) -> bool:
    """Whether the greeting is shown: a month long, or until it is put away."""
    put_away = look is not None and look.checklist_hidden_at is not None
    return not put_away and person.joined_at > timezone.now() - NEW


def tasks(person: Any) -> list[Task]:
    """A short list of real tasks; one query."""
    return alone(ask_tasks(person))


def ask_tasks(person: Any) -> Asker:
    """The same, asked together with others."""
    follows = Follow.objects.filter(person=person.pk, why="own", left_at=None)
    rows = (
        Person.objects.get_queryset()
        .filter(pk=person.pk)
        .annotate(
            asked=Exists(Initiative.objects.filter(requester=person.pk).order_by()),
            said=Exists(InitiativeComment.objects.filter(author=person.pk).order_by()),
            followed=Exists(follows),
            zoned=~Q(time_zone="UTC"),
        )
        .values("asked", "said", "followed", "zoned")
    )
    (done,) = yield rows
    yield from [
        Task(_("Follow an initiative of your line"), "/initiatives?phase=discovery",
             done["followed"]),
        Task(_("Hand in a need: three fields, under a minute"), "/initiatives/new", done["asked"]),
        Task(_("Say something on an initiative, with @ to reach somebody"), "/initiatives",
             done["said"]),
        Task(_("Choose your time zone"), "/settings", bool(done["zoned"])),
    ]  # fmt: skip


def truths(person: Any, waiting: list[Any]) -> list[Truth]:
    """Three true things: the KPIs of the person's lines, what is live there, one thing to do now."""
    lines = lines_of(person)
    return [_about_kpis(person, lines), _about_initiatives(person, lines), _to_do(waiting)]


def _about_kpis(person: Any, lines: set[int]) -> Truth:
    mine = Q(line__in=lines) | Q(scope="company") if lines else Q()
    found = standings(KPI.objects.visible_to(person).filter(mine)[:MOST_KPIS], trends=False)
    off = [s.kpi.name for s in found if s.status == "off_track"]
    if not found:
        return Truth(_("No KPI is kept here yet."), "/kpis", "chart-line")
    said = ngettext("Your lines look after %d KPI", "Your lines look after %d KPIs", len(found))
    if not lines:
        said = ngettext("The company looks after %d KPI", "The company looks after %d KPIs",
                        len(found))  # fmt: skip
    tail = _("; %s is off track.") % off[0] if off else _("; none is off track.")
    return Truth(said % len(found) + tail, "/kpis", "chart-line")


def _about_initiatives(person: Any, lines: set[int]) -> Truth:
    rows = Initiative.objects.visible_to(person).filter(phase__in=LIVE)
    rows = rows.filter(line__in=lines) if lines else rows
    count = rows.order_by().count()
    said = ngettext("%d initiative is live there.", "%d initiatives are live there.", count)
    return Truth(said % count, "/initiatives", "layers")


def _to_do(waiting: list[Any]) -> Truth:
    if waiting:
        first = waiting[0]
        told = {"action": first.action, "title": first.title}
        return Truth(_("One useful thing now: %(action)s – %(title)s.") % told, first.href, "flag")
    return Truth(
        _("One useful thing now: hand in a need that bothers you."), "/initiatives/new", "plus"
    )


def since(look: HomeLook | None) -> datetime | None:
    """The end of the visit before this one; None on somebody's first visit."""
    return look.before_at if look else None
