"""Values arrive: a new one is added, a corrected one supersedes; none is ever overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from config.flow.errors import NotAllowed
from kpis.actions.kpi import must_keep
from kpis.actions.news import tell_of_values
from kpis.models import KPI, Observation
from kpis.periods import start_of


@dataclass(frozen=True)
class Measured:
    """One value of one period. Without `period_start` the KPI's cadence says where it begins."""

    period_end: date
    value: Decimal
    period_start: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Recorded:
    """What became of the values: rows added, rows that superseded another, rows already there."""

    added: list[Observation]
    superseding: list[Observation]
    unchanged: list[Observation]

    @property
    def rows(self) -> list[Observation]:
        return [*self.added, *self.superseding, *self.unchanged]


def record_observation(
    *,
    kpi: KPI,
    actor: Person,
    period_end: date,
    value: Decimal,
    provenance: str,
    period_start: date | None = None,
    note: str = "",
) -> Observation:
    """Record one value. The same value again changes nothing; another one supersedes the old."""
    one = Measured(period_end, value, period_start, note)
    return record_observations(kpi=kpi, actor=actor, values=[one], provenance=provenance).rows[0]


@transaction.atomic
def record_observations(
    *, kpi: KPI, actor: Person, values: Iterable[Measured], provenance: str
) -> Recorded:
    """Record several values, all or nothing. Two people recording one period are put in a queue by
    the lock on the KPI.
    """
    must_keep(actor, kpi)
    values = list(values)
    _refuse_future(values)
    KPI.objects.select_for_update(no_key=True).get(pk=kpi.pk)
    ends = [measured.period_end for measured in values]
    held = kpi.observations.current().filter(period_end__in=ends)
    current = {(row.period_start, row.period_end): row for row in held}
    done = Recorded([], [], [])
    for measured in values:
        _record(kpi, actor, measured, provenance, current, done)
    tell_of_values(kpi, len(done.added) + len(done.superseding), actor)
    return done


def _record(
    kpi: KPI,
    actor: Person,
    measured: Measured,
    provenance: str,
    current: dict[tuple[date, date], Observation],
    done: Recorded,
) -> None:
    start = measured.period_start or start_of(kpi.cadence, measured.period_end)
    period = (start, measured.period_end)
    former = current.get(period)
    if former is not None and former.value == measured.value:
        done.unchanged.append(former)
        return
    if former is not None:
        former.superseded_at = timezone.now()
        former.save(update_fields=["superseded_at"])
    current[period] = Observation.objects.create(
        kpi=kpi,
        period_start=start,
        period_end=measured.period_end,
        value=measured.value,
        provenance=provenance,
        recorded_by=actor,
        note=measured.note,
        supersedes=former,
    )
    (done.superseding if former else done.added).append(current[period])


def _refuse_future(values: Iterable[Measured]) -> None:
    today = timezone.localdate()
    for measured in values:
        if measured.period_end > today:
            raise NotAllowed(
                f"The period ends on {measured.period_end:%-d %b %Y}, which has not come yet; "
                "a value is recorded once its period has ended."
            )
