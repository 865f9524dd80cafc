"""What chat rooms hear: that decisions are asked, gathered, and once a day how the KPIs stand."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Reason
from accounts.quiet import digest_day
from accounts.subjects import Subject, kind_named
from config.due.models import DueState
from webhooks.actions.telling import full, say
from webhooks.chat import Line, Message
from webhooks.delivery import still_kept
from webhooks.events import DECISIONS, HEARTBEAT
from webhooks.heartbeat import heartbeat_of
from webhooks.models import Delivery, Endpoint, Outcome

# A heartbeat that could not be written by then is not news any more.
LATEST = timedelta(hours=6)


def decision_asked(subject: Subject | None, reasons: set[str]) -> None:
    """Let the rooms of the thing's line, or of its team, know that it waits for a decision."""
    if subject is None or Reason.DECISION not in reasons:
        return
    rooms = Endpoint.objects.rooms().that_want(DECISIONS)
    for room in rooms.select_related("keeper", "line", "team").order_by("pk"):
        if hears(room, subject):
            _gather(room, subject)


def hears(room: Endpoint, subject: Subject) -> bool:
    """Whether the thing belongs to the room's line, and to its team where it is a team's room, and
    its keeper, looking at that line alone, sees it. What belongs to no line is no room's.
    """
    kind = kind_named(subject.kind)
    if kind is None or not still_kept(room):
        return False
    keeper: Any = room.keeper
    keeper.limited_to = frozenset({room.line_id})
    rows = kind.visible(keeper).filter(pk=subject.pk)
    line = getattr(rows.model, "in_line", "")
    if not line:
        return False
    rows = rows.filter(**{line: room.line_id})
    return bool(
        (rows.filter(_of_team(rows.model, room.team_id)) if room.team_id else rows).exists()
    )


def _of_team(model: Any, team_id: int) -> Q:
    """Belonging to a team by any of the paths the model names; by none, it is no team's."""
    told = getattr(model, "in_team", ())
    paths = (told,) if isinstance(told, str) else told
    return reduce(or_, (Q(**{path: team_id}) for path in paths), Q(pk__in=()))


@transaction.atomic
def _gather(room: Endpoint, subject: Subject) -> None:
    """Add the thing to the message that waits, or begin one that waits a while for others."""
    # Two acts at once must not begin two messages.
    Endpoint.objects.select_for_update(no_key=True).get(pk=room.pk)
    with translation.override(settings.LANGUAGE_CODE):
        line = Line(_named(room, subject), full(subject.url))
        title = _("A decision is asked")
    waiting = Delivery.objects.select_for_update(no_key=True).filter(
        endpoint=room, kind=DECISIONS, outcome=Outcome.WAITING, state=DueState.DUE,
        lease_token=None, tries=0,
    ).order_by("pk").last()  # fmt: skip
    if waiting is None:
        say([room], DECISIONS, Message(title, [line]), due_at=_when(room))
        return
    message = Message.of_text(waiting.body).joined([line], settings.CHAT_MOST_LINES)
    Delivery.objects.filter(pk=waiting.pk).update(body=message.as_text())


def _named(room: Endpoint, subject: Subject) -> str:
    """Its kind and key; its title only where the room asked for titles."""
    kind = kind_named(subject.kind)
    key = subject.key or str(kind.label if kind else "")
    return f"{key} {subject.title}" if room.with_titles else key


def _when(room: Endpoint) -> datetime:
    """Shortly, but not right after the message before."""
    soon = timezone.now() + timedelta(seconds=settings.CHAT_GATHER_SECONDS)
    sent = Delivery.objects.filter(endpoint=room, kind=DECISIONS).aggregate(at=Max("sent__at"))
    if sent["at"] is None:
        return soon
    apart: datetime = sent["at"] + timedelta(seconds=settings.CHAT_APART_SECONDS)
    return max(soon, apart)


def promise_heartbeats(now: datetime | None = None) -> int:
    """Write the day's heartbeat of each room whose hour has come in its line's zone; answers how
    many. May run twice: a room has one a day.
    """
    now = now or timezone.now()
    rooms = Endpoint.objects.rooms().that_want(HEARTBEAT)
    found = rooms.select_related("keeper", "line", "team")
    return sum(_promise(room, now) for room in found.order_by("pk"))


def _promise(room: Endpoint, now: datetime) -> int:
    day, moment = digest_day(
        room.line, SimpleNamespace(digest_hour=settings.CHAT_HEARTBEAT_HOUR), now
    )
    if not room.created_at < moment <= now < moment + LATEST:
        return 0
    if Delivery.objects.filter(endpoint=room, day=day).exists() or not still_kept(room):
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        message = heartbeat_of(room)
    if message is None:
        return 0
    say([room], HEARTBEAT, message, day=day)
    return 1
