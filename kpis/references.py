"""What `KPI-3` means in a text: suggestions while typing, and the card."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.web import references
from config.whole import whole
from kpis.cards import status_in_words, value_in_words
from kpis.models import KPI
from kpis.queries import kpis_for, standings


def find(request: HttpRequest, typed: str) -> Iterable[references.Found]:
    """KPIs by number or name. One query."""
    wanted = Q(number__startswith=typed) if typed.isdecimal() else Q(name__icontains=typed)
    rows = KPI.objects.visible_to(request.user).select_related("line").filter(wanted)
    return [
        references.Found(
            row.key, f"{row.key} {row.name}", str(row.line or _("Company")), "chart-line"
        )
        for row in rows.order_by("name", "id")[: references.LIMIT]
    ]


def card(request: HttpRequest, number: str) -> references.Card | None:
    """One KPI with its value and target. A few queries."""
    if (known := whole(number)) is None:
        return None
    kpi = kpis_for(request.user).filter(number=known).first()
    if kpi is None:
        return None
    found = standings([kpi], trends=False)[0]
    facts = [(_("Now"), value_in_words(found))]
    facts += [(_("Target"), kpi.in_words(found.target.value))] if found.target else []
    return references.Card(
        kpi.key,
        kpi.name,
        kpi.get_absolute_url(),
        icon="chart-line",
        kind=found.status,
        state=str(status_in_words(found)),
        text=kpi.definition,
        facts=facts,
    )


def seen(request: HttpRequest, numbers: list[int]) -> Iterable[int]:
    """Which of these there are for this person. One query."""
    found = KPI.objects.visible_to(request.user).filter(number__in=numbers)
    return list(found.values_list("number", flat=True))


references.register("KPI", references.Kind("/kpis/", find, card, seen))
