"""What several people thought: the middle, the ends and how far they are apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, pstdev

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Spread:
    """Numbers of several people. `apart` is the relative spread in percent, None below two."""

    count: int
    low: Decimal
    middle: Decimal
    high: Decimal
    apart: int | None


def spread(values: Sequence[Decimal]) -> Spread | None:
    """The spread of some numbers; None when nobody gave one."""
    if not values:
        return None
    return Spread(
        count=len(values),
        low=min(values),
        middle=Decimal(median(values)).quantize(CENT),
        high=max(values),
        apart=disagreement(values),
    )


def disagreement(values: Sequence[Decimal]) -> int | None:
    """Standard deviation relative to the mean, in percent; None below two numbers."""
    if len(values) < 2:
        return None
    mean = sum(values, Decimal(0)) / len(values)
    if not mean:
        return 0 if min(values) == max(values) else 100
    return round(100 * pstdev(values) / abs(mean))
