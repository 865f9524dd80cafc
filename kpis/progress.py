"""Progress and status of a KPI: pure calculations on numbers and days. No query, no model, no page.

The rule of the status, in this order:

1. *unknown* - no committed target with a baseline, no current value, a value older than the cadence
   allows, or a target that is no better than its baseline (there is nothing to divide by).
2. *on track* - the target is reached, or progress keeps up with the pace: the share of the time from
   start to due that had passed when the value was measured, less `ON_TRACK_SLACK`.
3. *at risk* - behind that, but by no more than `AT_RISK_SLACK`, and the due date has not passed.
4. *off track* - everything else.

Missing is never zero: without data the answer is None, drawn as a dash.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ON_TRACK_SLACK = Decimal("0.10")
AT_RISK_SLACK = Decimal("0.35")
ONE = Decimal(1)
ZERO = Decimal(0)

UP, DOWN, BAND = "up", "down", "band"
ON_TRACK, AT_RISK, OFF_TRACK, UNKNOWN = "on_track", "at_risk", "off_track", "unknown"

# A value may be this many days old before it says nothing about today any more.
PATIENCE = {"daily": 3, "weekly": 14, "monthly": 45, "quarterly": 120}


@dataclass(frozen=True)
class Aim:
    """Where better lies. `low` and `high` are the limits of a band, otherwise None."""

    direction: str
    low: Decimal | None = None
    high: Decimal | None = None

    def badness(self, value: Decimal) -> Decimal:
        """How bad a value is in the KPI's unit: smaller is better, 0 inside the band."""
        if self.direction == UP:
            return -value
        if self.direction == DOWN:
            return value
        low = self.low if self.low is not None else value
        high = self.high if self.high is not None else value
        return max(low - value, value - high, ZERO)

    def better(self, one: Decimal, other: Decimal) -> bool:
        """Whether `one` is better than `other`."""
        return self.badness(one) < self.badness(other)


@dataclass(frozen=True)
class Reading:
    """A measured value and the last day of its period."""

    value: Decimal
    day: date


def progress(
    aim: Aim, baseline: Decimal | None, target: Decimal, current: Decimal | None
) -> Decimal | None:
    """(current - baseline) / (target - baseline), by direction; never clamped.

    0 is the baseline, 1 the target, negative is worse than the baseline. In a band the distance to
    the band counts. None without baseline or current value, and where the target is no better than
    the baseline: unknown, never 0.
    """
    if baseline is None or current is None:
        return None
    start = aim.badness(baseline)
    gap = start - aim.badness(target)
    if gap <= 0:
        return None
    return (start - aim.badness(current)) / gap


def pace(start: date, due: date, at: date) -> Decimal:
    """The share of the time between start and due that has passed, 0 to 1."""
    share = Decimal((at - start).days) / Decimal(max((due - start).days, 1))
    return min(max(share, ZERO), ONE)


def is_stale(cadence: str, last_day: date | None, today: date) -> bool:
    """Whether the last measured day is further back than the cadence allows."""
    return last_day is not None and today - last_day > timedelta(days=PATIENCE[cadence])


def status(reached: Decimal | None, *, start: date, due: date, measured: date, today: date) -> str:
    """The status of a progress measured on a day; see the rule on top."""
    if reached is None:
        return UNKNOWN
    if reached >= ONE:
        return ON_TRACK
    if today > due:
        return OFF_TRACK
    behind = pace(start, due, measured) - reached
    if behind <= ON_TRACK_SLACK:
        return ON_TRACK
    return AT_RISK if behind <= AT_RISK_SLACK else OFF_TRACK
