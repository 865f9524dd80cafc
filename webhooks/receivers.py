"""A delivery whose turn it is, is sent; and who keeps webhooks finds them on the line’s page."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Team
from accounts.signals import decision_told
from config.web.panels import Line, Panel, register
from webhooks.actions.saying import decision_asked
from webhooks.delivery import deliver
from webhooks.models import Delivery, Endpoint
from webhooks.permissions import keeps, may_keep
from webhooks.signals import due_delivery

LIMIT = 6


@receiver(due_delivery, sender=Delivery, dispatch_uid="webhooks.deliver")
def delivery_is_due(delivery: Delivery, **_more: Any) -> None:
    deliver(delivery)


@receiver(decision_told, dispatch_uid="webhooks.decision")
def decision_is_asked(news: Any, reasons: set[str], **_more: Any) -> None:
    decision_asked(news.subject, reasons)


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """The webhooks of a line, for those who keep them."""
    if not may_keep(request.user, line):
        return []
    seen = Endpoint.objects.visible_to(request.user).filter(line=line)
    empty = _("No program is told of what happens in this line.")
    hooks = Panel("webhooks", _("Webhooks"), _rows(seen.signed()), empty=empty, more="/webhooks")
    return [hooks, _rooms(_rows(seen.rooms()))]


def of_team(request: HttpRequest, team: Team) -> list[Panel]:
    """The chat rooms of a team, for those who keep them."""
    if not keeps(request.user, team.line, team):
        return []
    return [_rooms(_rows(Endpoint.objects.visible_to(request.user).rooms().filter(team=team)))]


def _rooms(rows: list[Line]) -> Panel:
    empty = _("No chat room hears of decisions or KPIs.")
    return Panel("chat", _("Chat rooms"), rows, empty=empty, more="/chat")


def _rows(found: Any) -> list[Line]:
    tones = {"on": ("ok", _("On")), "failing": ("risk", _("Failing")), "off": ("off", _("Off"))}
    return [
        Line(
            title=row.name,
            href=row.get_absolute_url(),
            kind=tones[row.state][0],
            badge=str(tones[row.state][1]),
        )
        for row in found[:LIMIT]
    ]


register("line", of_line)
register("team", of_team)
