"""A delivery whose turn it is, is sent; and who keeps webhooks finds them on the line’s page."""

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import BusinessLine
from config.web.panels import Line, Panel, register
from webhooks.delivery import deliver
from webhooks.models import Delivery, Endpoint
from webhooks.permissions import may_keep
from webhooks.signals import due_delivery

LIMIT = 6


@receiver(due_delivery, sender=Delivery, dispatch_uid="webhooks.deliver")
def delivery_is_due(delivery: Delivery, **_more: Any) -> None:
    deliver(delivery)


def of_line(request: HttpRequest, line: BusinessLine) -> list[Panel]:
    """The webhooks of a line, for those who keep them."""
    if not may_keep(request.user, line):
        return []
    tones = {"on": ("ok", _("On")), "failing": ("risk", _("Failing")), "off": ("off", _("Off"))}
    rows = [
        Line(
            title=row.name,
            href=row.get_absolute_url(),
            kind=tones[row.state][0],
            badge=str(tones[row.state][1]),
        )
        for row in Endpoint.objects.visible_to(request.user).filter(line=line)[:LIMIT]
    ]
    empty = _("No program is told of what happens in this line.")
    return [Panel("webhooks", _("Webhooks"), rows, empty=empty, more="/webhooks")]


register("line", of_line)
