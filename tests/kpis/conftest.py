from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kpis.actions.kpi import introduce_kpi
from kpis.actions.observation import Measured, record_observations
from kpis.actions.target import propose_target


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def make_kpi(cast):
    def make(name="Active agents per week", actor=None, **facts):
        actor = actor or cast.product_manager
        given = {
            "definition": "Share of agents with five payouts.",
            "unit": "%",
            "scope": "line",
            "line": cast.payments,
            "cadence": "weekly",
        } | facts
        return introduce_kpi(actor=actor, name=name, **given)

    return make


@pytest.fixture
def kpi(make_kpi):
    return make_kpi()


@pytest.fixture
def record(cast, today):
    """Weekly values, the last one ending today."""

    def write(kpi, values, actor=None):
        ends = [today - timedelta(days=7 * n) for n in reversed(range(len(values)))]
        rows = [
            Measured(day, Decimal(str(v)))
            for day, v in zip(ends, values, strict=True)
            if v is not None
        ]
        return record_observations(
            kpi=kpi, actor=actor or kpi.owner, values=rows, provenance="report 14"
        ).rows

    return write


@pytest.fixture
def propose(cast, today):
    def make(kpi, value=60, baseline_from=(), **more):
        given = {
            "start_date": today - timedelta(days=100),
            "due_date": today + timedelta(days=100),
        } | more
        return propose_target(
            kpi=kpi, actor=kpi.owner, value=Decimal(value), baseline_from=baseline_from, **given
        )

    return make
