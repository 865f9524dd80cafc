"""Decisions made at gates, for the log of decisions: declines and waivers, as links."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, InitiativeStep, InitiativeWaiver
from rfc.queries.decisions import Asked, Source, narrowed, register, shaped


def declined(person: Any, asked: Asked) -> QuerySet[Any]:
    """Initiatives that were declined, with the reason."""
    rows = InitiativeStep.objects.filter(
        taken=True,
        to_state="declined",
        subject__in=Initiative.objects.visible_to(person).order_by(),
    )
    return shaped(
        narrowed(rows, asked, title="subject__title", text="note", line="subject__line"),
        "declined",
        day=TruncDate("at"),
        number=F("subject__number"),
        title=F("subject__title"),
        text=F("note"),
        who=F("actor_name"),
    )


def waived(person: Any, asked: Asked) -> QuerySet[Any]:
    """Requirements let through by name and reason."""
    rows = InitiativeWaiver.objects.filter(
        initiative__in=Initiative.objects.visible_to(person).order_by()
    )
    if asked.words:
        words = asked.words
        rows = rows.filter(Q(initiative__title__icontains=words) | Q(reason__icontains=words))
    if asked.line:
        rows = rows.filter(initiative__line__slug=asked.line)
    if asked.who is not None:
        rows = rows.filter(granted_by=asked.who)
    if asked.since:
        rows = rows.filter(granted_at__date__gte=asked.since)
    if asked.until:
        rows = rows.filter(granted_at__date__lte=asked.until)
    return shaped(
        rows,
        "waived",
        day=TruncDate("granted_at"),
        number=F("initiative__number"),
        title=F("initiative__title"),
        text=F("reason"),
        who=F("granted_by__name"),
    )


register(
    Source(
        "declined",
        _("Initiative declined"),
        "circle-x",
        "INI",
        "/initiatives/{key}/activity",
        declined,
    )
)
register(
    Source("waived", _("Gate waived"), "shield-alert", "INI", "/initiatives/{key}/activity", waived)
)
