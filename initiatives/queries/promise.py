"""Promises beside what was measured: baseline, target, predicted range, now."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from config.batch import Asker, alone
from initiatives.models import Initiative, KpiPromise
from kpis.chart_spec import Promise
from kpis.charts import Chart, kpi_chart
from kpis.models import Observation, Target
from kpis.words import measure, span

MONTHS_SHOWN = 13


@dataclass(frozen=True)
class PromiseView:
    """One promise as the page shows it; what is unknown is None."""

    promise: KpiPromise
    target: Target | None
    now: Observation | None
    facts: list[tuple[str, ...]]
    chart: Chart | None


def promise_views(initiative: Initiative) -> list[PromiseView]:
    """Every promise with the committed target and the year of observations; three queries."""
    return alone(ask_promises(initiative))


def ask_promises(initiative: Initiative) -> Asker:
    """The same, the promises asked together with others."""
    since = timezone.localdate() - timedelta(days=31 * MONTHS_SHOWN)
    current = Observation.objects.current().filter(period_end__gte=since)
    promises = initiative.promises.select_related("kpi", "author").prefetch_related(
        Prefetch("kpi__observations", current.order_by("period_end"), to_attr="year"),
        Prefetch("kpi__targets", Target.objects.filter(phase="committed"), to_attr="committed"),
    )
    yield from [_view(promise) for promise in (yield promises)]


def _view(promise: KpiPromise) -> PromiseView:
    kpi: Any = promise.kpi
    target = next(iter(kpi.committed), None)
    now = kpi.year[-1] if kpi.year else None
    return PromiseView(promise, target, now, _facts(promise, target, now), _chart(promise, target))


def _facts(
    promise: KpiPromise, target: Target | None, now: Observation | None
) -> list[tuple[str, ...]]:
    unit = promise.kpi.unit
    return [
        (_("Baseline"), measure(target.baseline_value if target else None, unit)),
        (_("Target"), measure(target.value if target else None, unit), _by(target)),
        (
            _("Predicted"),
            span(promise.low, promise.high, unit),
            f"{promise.by_date:%-d %b %Y}",
        ),
        (_("Now"), measure(now.value if now else None, unit)),
    ]


def _by(target: Target | None) -> str:
    return f"{target.due_date:%-d %b %Y}" if target else _("none committed")


def _chart(promise: KpiPromise, target: Target | None) -> Chart | None:
    kpi: Any = promise.kpi
    return kpi_chart(
        kpi,
        [(o.period_end, o.value) for o in kpi.year],
        target=target,
        promise=Promise(promise.low, promise.high, promise.by_date),
        title=_("%(kpi)s: promised %(range)s")
        % {"kpi": kpi.name, "range": span(promise.low, promise.high, kpi.unit)},
    )
