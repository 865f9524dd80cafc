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
            link=target.kpi.get_absolute_url() + "#targets",
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
