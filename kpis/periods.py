"""Periods of observations: which days a value of a cadence covers. Pure; knows no model."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

Value = TypeVar("Value")

QUARTER = 3
# Longer than this between two measured days is a hole in the series, drawn as one.
STEP = {"daily": 2, "weekly": 10, "monthly": 40, "quarterly": 110}


def start_of(cadence: str, last_day: date) -> date:
    """The first day of the period that ends on `last_day`: that day, its week, month or quarter."""
    if cadence == "weekly":
        return last_day - timedelta(days=6)
    if cadence == "monthly":
        return last_day.replace(day=1)
    if cadence == "quarterly":
        return last_day.replace(day=1, month=(last_day.month - 1) // QUARTER * QUARTER + 1)
    return last_day


def with_gaps(
    cadence: str, points: Iterable[tuple[date, Value]]
) -> Iterator[tuple[date, Value | None]]:
    """The points in order, with a None point inside every hole of the series."""
    before: date | None = None
    for day, value in points:
        if before is not None and (day - before).days > STEP[cadence]:
            yield before + (day - before) / 2, None
        yield day, value
        before = day
