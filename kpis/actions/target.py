"""Targets: proposed with or without a baseline, given one, committed and retired by the doorman."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Person
from config.flow import steps
from config.flow.errors import NotAllowed, WrongState
from config.flow.versions import write
from kpis.actions.kpi import must_keep
from kpis.models import KPI, Observation, Target


@transaction.atomic
def propose_target(  # noqa: PLR0913 - a target is its parts
    *,
    kpi: KPI,
    actor: Person,
    value: Decimal,
    start_date: date,
    due_date: date,
    owner: Person | None = None,
    confidence: int | None = None,
    baseline_from: Sequence[Observation] = (),
) -> Target:
    """Propose a target. The baseline is the mean of the named observations; without any it stays
    open, and the target can be proposed but not committed.
    """
    must_keep(actor, kpi)
    return Target.objects.create(
        kpi=kpi,
        value=value,
        start_date=start_date,
        due_date=due_date,
        owner=owner or actor,
        confidence=confidence,
        **_baseline(kpi, baseline_from),
    )


@transaction.atomic
def set_baseline(
    *,
    target: Target,
    actor: Person,
    baseline_from: Sequence[Observation],
    seen_version: int | None = None,
) -> Target:
    """Take the named observations as the baseline of a target that is still proposed."""
    must_keep(actor, target.kpi)
    locked = Target.objects.select_for_update(no_key=True).get(pk=target.pk)
    if locked.state != Target.PROPOSED:
        raise WrongState(
            "The baseline is fixed once a target is committed; retire it and propose another.",
            link=target.get_absolute_url(),
        )
    if not baseline_from:
        raise NotAllowed("Name at least one observation; a baseline is never guessed.")
    return write(locked, seen_version=seen_version, **_baseline(target.kpi, baseline_from))


def take_target_step(
    *, target: Target, step: str, actor: Person, note: str = "", **told: Any
) -> Target:
    """Commit or retire a target; the doorman asks the gates and keeps the record."""
    return steps.take(target, step, actor=actor, note=note, **told)


def _baseline(kpi: KPI, rows: Sequence[Observation]) -> dict[str, Any]:
    if not rows:
        return {}
    if any(row.kpi_id != kpi.pk or row.superseded_at for row in rows):
        raise NotAllowed("A baseline is taken from current observations of the same KPI.")
    return {
        "baseline_value": sum((row.value for row in rows), Decimal(0)) / len(rows),
        "baseline_period_start": min(row.period_start for row in rows),
        "baseline_period_end": max(row.period_end for row in rows),
        "baseline_observations": len(rows),
    }
