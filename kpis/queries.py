"""Reads of KPIs: where each stands, its recent values, its series. Every function says its queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from config.batch import Asker, alone
from kpis.models import KPI, MetricLink, Observation, Target
from kpis.periods import with_gaps
from kpis.progress import Reading, is_stale, progress, status

RECENT = 13


@dataclass(frozen=True)
class Standing:
    """Where a KPI stands today. `values` are the recent values, oldest first, None is a gap."""

    kpi: KPI
    reading: Reading | None
    target: Target | None
    progress: Decimal | None
    status: str
    stale: bool
    values: list[Decimal | None] = field(default_factory=list)

    @property
    def baseline(self) -> Decimal | None:
        return self.target.baseline_value if self.target else None


def kpis_for(person: Any) -> QuerySet[KPI]:
    """KPIs a person may see, with what a row of a list names and can be sorted by. The sort keys
    are never null, so that paging by cursor neither skips nor repeats. No query until read.
    """
    newest = Observation.objects.current().filter(kpi=OuterRef("pk")).order_by("-period_end")
    goal = Target.objects.filter(kpi=OuterRef("pk"), phase=Target.COMMITTED)
    found: QuerySet[KPI] = (
        KPI.objects.visible_to(person)
        .select_related("owner", "line", "team", "sub_team")
        .annotate(
            measured_key=Coalesce(Subquery(newest.values("period_end")[:1]), Value(date.min)),
            due_key=Coalesce(Subquery(goal.values("due_date")[:1]), Value(date.max)),
            line_key=Coalesce("line__name", Value("")),
        )
    )
    return found


def owned_by(person: Any) -> QuerySet[KPI]:
    """KPIs a person answers for."""
    return kpis_for(person).filter(owner=person)


def without_baseline(person: Any) -> QuerySet[Target]:
    """Proposed targets that cannot be committed because they have no baseline."""
    found: QuerySet[Target] = (
        Target.objects.visible_to(person)
        .filter(phase=Target.PROPOSED, baseline_value=None)
        .select_related("kpi", "owner")
    )
    return found


def latest(kpi_ids: Iterable[int]) -> dict[int, Observation]:
    """The newest current observation of each KPI. One query."""
    rows = (
        Observation.objects.current()
        .filter(kpi__in=list(kpi_ids))
        .order_by("kpi_id", "-period_end", "-period_start")
        .distinct("kpi_id")
    )
    return {row.kpi_id: row for row in rows}


def committed_targets(kpi_ids: Iterable[int]) -> dict[int, Target]:
    """The committed target of each KPI that has one. One query."""
    return {row.kpi_id: row for row in _committed(kpi_ids)}


def _committed(kpi_ids: Iterable[int]) -> Any:
    return Target.objects.filter(kpi__in=list(kpi_ids), phase=Target.COMMITTED)


def _recent(kpi_ids: Iterable[int], count: int) -> Any:
    place = Window(
        RowNumber(), partition_by="kpi_id", order_by=[F("period_end").desc(), F("id").desc()]
    )
    return (
        Observation.objects.current()
        .filter(kpi__in=list(kpi_ids))
        .annotate(place=place)
        .filter(place__lte=count)
        .order_by("kpi_id", "period_end", "id")
        .values_list("kpi_id", "period_end", "value")
    )


def recent(kpi_ids: Iterable[int], count: int = RECENT) -> dict[int, list[tuple[date, Decimal]]]:
    """The last `count` values of each KPI, oldest first. One query."""
    return _by_kpi(_recent(kpi_ids, count))


def _by_kpi(rows: Iterable[tuple[int, date, Decimal]]) -> dict[int, list[tuple[date, Decimal]]]:
    found: dict[int, list[tuple[date, Decimal]]] = {}
    for kpi_id, day, value in rows:
        found.setdefault(kpi_id, []).append((day, value))
    return found


def standings(kpis: Iterable[KPI], *, trends: bool = True) -> list[Standing]:
    """Where each KPI stands, in the given order. One query, however many KPIs."""
    return alone(_standings(list(kpis), trends))


def _standings(kpis: list[KPI], trends: bool) -> Asker:
    yield from (yield from ask_standings(kpis, trends=trends))


def ask_standings(kpis: list[KPI], *, trends: bool = True) -> Asker:
    """The same, asked together with others; returned, not answered."""
    ids = [kpi.pk for kpi in kpis]
    rows = yield (_committed(ids), _recent(ids, RECENT if trends else 1))
    targets, values = {row.kpi_id: row for row in rows[0]}, _by_kpi(rows[1])
    return [standing(kpi, targets.get(kpi.pk), values.get(kpi.pk, [])) for kpi in kpis]


def standing(kpi: KPI, target: Target | None, values: Sequence[tuple[date, Decimal]]) -> Standing:
    """Where one KPI stands by its committed target and its values, oldest first. No query."""
    today = timezone.localdate()
    reading = Reading(values[-1][1], values[-1][0]) if values else None
    stale = is_stale(kpi.cadence, reading.day if reading else None, today)
    reached = reached_by(kpi, target, reading)
    return Standing(
        kpi=kpi,
        reading=reading,
        target=target,
        progress=reached,
        status=_status(kpi, target, reading, reached, stale),
        stale=stale,
        values=[value for _day, value in with_gaps(kpi.cadence, values)],
    )


def reached_by(kpi: KPI, target: Target | None, reading: Reading | None) -> Decimal | None:
    """Progress from the target's baseline to its value; None is unknown."""
    if target is None or reading is None:
        return None
    return progress(kpi.aim, target.baseline_value, target.value, reading.value)


def _status(
    kpi: KPI,
    target: Target | None,
    reading: Reading | None,
    reached: Decimal | None,
    stale: bool,
) -> str:
    if target is None or reading is None or stale:
        return "unknown"
    if reached is None:
        return _inside_band(kpi, target, reading)
    return status(
        reached,
        start=target.start_date,
        due=target.due_date,
        measured=reading.day,
        today=timezone.localdate(),
    )


def _inside_band(kpi: KPI, target: Target, reading: Reading) -> str:
    """A promise to stay inside the band has no gap to close; being inside is what counts."""
    aim, baseline = kpi.aim, target.baseline_value
    if aim.direction != "band" or baseline is None or aim.badness(baseline) != 0:
        return "unknown"
    return "on_track" if aim.badness(reading.value) == 0 else "off_track"


def series(kpi: KPI) -> list[tuple[date, Decimal]]:
    """Every current value by the last day of its period, oldest first. One query."""
    rows = kpi.observations.current().order_by("period_end", "id")
    return list(rows.values_list("period_end", "value"))


def series_of(kpi_ids: Iterable[int]) -> dict[int, list[tuple[date, Decimal]]]:
    """The whole series of several KPIs. One query."""
    rows = Observation.objects.current().filter(kpi__in=list(kpi_ids))
    found: dict[int, list[tuple[date, Decimal]]] = {}
    for kpi_id, day, value in rows.order_by("period_end", "id").values_list(
        "kpi_id", "period_end", "value"
    ):
        found.setdefault(kpi_id, []).append((day, value))
    return found


def links_of(kpi: KPI) -> list[MetricLink]:
    """Links from and to this KPI. One query."""
    found = MetricLink.objects.filter(driver=kpi) | MetricLink.objects.filter(driven=kpi)
    return list(found.select_related("driver", "driven").order_by("driver__name"))


def reaches(*, start: KPI, goal: KPI) -> bool:
    """Whether `start` drives `goal`, directly or through others. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE moved(id) AS (SELECT %s::bigint UNION "
            "SELECT link.driven_id FROM kpis_metriclink link JOIN moved ON link.driver_id = moved.id) "
            "SELECT EXISTS (SELECT 1 FROM moved WHERE id = %s)",
            [start.pk, goal.pk],
        )
        return bool(cursor.fetchone()[0])
