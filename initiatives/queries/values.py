"""What a week of waiting costs: the part of a KPI's gap that an initiative promises to close.

The promised change (middle of the range from the committed baseline) over the weeks from now to its
day is what each week of delay puts off. As a share of the gap it orders rows of different KPIs; in
the KPI's own unit it is shown. Without a committed baseline or a day ahead the value is unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from initiatives.models import KpiPromise
from kpis.models import Target
from kpis.words import measure

DAYS = 7


@dataclass(frozen=True)
class Worth:
    """Share of the gap per week, and the change per week in words."""

    share: float
    words: str


def promised_values(initiatives: Iterable[int]) -> dict[int, Worth]:
    """The dearest promise of each initiative that has one with a value and a day; one query."""
    ids = set(initiatives)
    if not ids:
        return {}
    goal = Target.objects.filter(
        kpi=OuterRef("kpi"), phase=Target.COMMITTED, baseline_value__isnull=False
    ).order_by("-due_date")
    rows = (
        KpiPromise.objects.filter(initiative__in=ids, by_date__gt=timezone.localdate())
        .annotate(
            baseline=Subquery(goal.values("baseline_value")[:1]),
            goal=Subquery(goal.values("value")[:1]),
            unit=F("kpi__unit"),
        )
        .filter(baseline__isnull=False)
        .order_by("pk")
    )
    found: dict[int, Worth] = {}
    for row in rows:
        worth = worth_of(row)
        if worth and worth.share > found.get(row.initiative_id, Worth(0, "")).share:
            found[row.initiative_id] = worth
    return found


def worth_of(row: Any) -> Worth | None:
    """The value of one promise annotated with baseline, goal and unit."""
    gap = row.goal - row.baseline
    change = (row.low + row.high) / 2 - row.baseline
    weeks = Decimal((row.by_date - timezone.localdate()).days) / DAYS
    # A promise that leads away from the goal is worth nothing.
    if not gap or change / gap <= 0:
        return None
    a_week = abs(change) / weeks
    return Worth(float(change / gap / weeks), measure(_short(a_week), row.unit))


def _short(value: Decimal) -> Decimal:
    """Two figures that count."""
    if not value:
        return value
    return round(value, 1 - value.adjusted())
