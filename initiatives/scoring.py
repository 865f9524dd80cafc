"""RICE: reach × impact × confidence ÷ effort. Pure: incomplete is not zero, confidence is earned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from initiatives.evidence_rules import strength

FORMULA_VERSION = 1
FACTORS = ("reach", "impact", "effort")

# What one live item adds to confidence; contradicting evidence takes the same away.
_WEIGHTS = {"measured": Decimal(30), "reported": Decimal(15), "assumed": Decimal(5)}
CONFIDENCE_CAP = Decimal(100)


@dataclass(frozen=True)
class Score:
    """A score, or what it lacks. `low` and `high` are its range from the ranges of the inputs."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    confidence: Decimal | None
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


def confidence(evidence: Iterable[Any]) -> Decimal | None:
    """Percent earned from live evidence, 0 to 100; None when there is none at all."""
    live = [e for e in evidence if e.archived_at is None]
    if not live:
        return None
    signs = {"for": 1, "against": -1, "unclear": 0}
    total = sum((_WEIGHTS[strength(e)] * signs[e.points] for e in live), Decimal(0))
    return max(Decimal(0), min(CONFIDENCE_CAP, total))


def rice(inputs: Mapping[str, Any], evidence: Iterable[Any]) -> Score:
    """The score of the newest input per factor (objects with value, low, high) and the evidence."""
    earned = confidence(evidence)
    missing = tuple(f for f in FACTORS if f not in inputs)
    if earned is None:
        missing = (*missing, "confidence")
    if missing or earned is None:
        return Score(None, None, None, earned, missing)
    reach, impact, effort = (inputs[f] for f in FACTORS)
    return Score(
        value=_product(reach.value, impact.value, earned, effort.value),
        low=_product(reach.low, impact.low, earned, effort.high),
        high=_product(reach.high, impact.high, earned, effort.low or effort.value),
        confidence=earned,
        missing=(),
    )


def _product(reach: Decimal, impact: Decimal, percent: Decimal, effort: Decimal) -> Decimal:
    return (reach * impact * percent / Decimal(100) / effort).quantize(Decimal("0.01"))
