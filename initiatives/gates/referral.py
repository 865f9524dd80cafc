"""What must hold across lines: the CPO's answer, lines named as the facts say, lines' answers."""

from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing, gate
from initiatives.touched import mismatches


@gate("It touches more than one line", waivable=False)
def touches_several_lines(referral: Any) -> Iterator[Missing]:
    initiative = referral.initiative
    if initiative.lines.count() < 2:
        yield Missing(
            f"{initiative.key} touches one line only; there is nothing to coordinate.",
            link=initiative.tab_url("referral") + "#lines",
            mender="the product manager",
        )


@gate("Every line its facts point to is named or ruled out")
def lines_match_kpis(initiative: Any) -> Iterator[Missing]:
    for row in mismatches(initiative):
        yield Missing(
            f"It touches {row.name}, which is not among its lines: {'; '.join(row.reasons)}.",
            link=initiative.tab_url("referral") + "#touched",
            mender="the product manager, by naming the line or stating why it is not touched",
        )
