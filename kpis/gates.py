"""What must hold before a target is committed."""

from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing, gate


@gate("The target has a baseline", waivable=False)
def baseline_known(target: Any) -> Iterator[Missing]:
    if target.baseline_value is None or not target.baseline_observations:
        yield Missing(
            f"The target of {target.kpi} has no baseline; a promise without a starting point "
            "cannot be checked. Record one observation and take it as the baseline.",
            link=f"{target.get_absolute_url()}/baseline",
            mender="the KPI's owner",
        )


@gate("The target is better than its baseline", waivable=False)
def target_improves(target: Any) -> Iterator[Missing]:
    aim, baseline = target.kpi.aim, target.baseline_value
    if baseline is None:
        yield Missing(
            "Without a baseline nobody can tell whether the target is better than today.",
            link=f"{target.get_absolute_url()}/baseline",
            mender="the KPI's owner",
        )
        return
    if aim.better(target.value, baseline):
        return
    if aim.badness(baseline) == 0 and aim.badness(target.value) == 0:
        return  # Already inside the band: the promise is to stay there.
    kpi = target.kpi
    yield Missing(
        f"The target {kpi.in_words(target.value)} is no better than the baseline "
        f"{kpi.in_words(baseline)}, while for {kpi} {kpi.better_in_words}. Propose another value.",
        link=f"{kpi.get_absolute_url()}/targets/new",
        mender="the KPI's owner",
    )


@gate("No other target of this KPI is committed", waivable=False)
def only_committed_target(target: Any) -> Iterator[Missing]:
    if target.kpi.targets.filter(phase="committed").exclude(pk=target.pk).exists():
        yield Missing(
            f"{target.kpi} already has a committed target; retire it first.",
            link=target.kpi.get_absolute_url() + "#targets",
            mender="the KPI's owner",
        )
