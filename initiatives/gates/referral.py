"""What must hold before a referral is answered by the CPO."""

from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing, gate


@gate("It touches more than one line", waivable=False)
def touches_several_lines(referral: Any) -> Iterator[Missing]:
    initiative = referral.initiative
    if initiative.lines.count() < 2:
        yield Missing(
            f"{initiative.key} touches one line only; there is nothing to coordinate.",
            link=initiative.tab_url("referral") + "#lines",
            mender="the product manager",
        )
