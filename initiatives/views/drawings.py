"""Coordinates of the portfolio's drawings; templates draw them as SVG in the tokens' colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as written

from initiatives.queries.horizons import Dated

WIDTH, RIGHT = 920, 24


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


ROW, HEAD, NAMES = 30, 28, 240


@dataclass(frozen=True)
class Bar:
    """A row of the timeline: sprint days as a bar, deadline and promise as marks."""

    item: Dated
    y: int
    text_y: int
    mark_y: int
    x: float | None
    width: float
    deadline: float | None
    promised: float | None


@dataclass(frozen=True)
class Timeline:
    """Rows with real dates on one axis of months; those without a date stand in the lists."""

    width: int
    height: int
    today: float
    months: list[Tick]
    bars: list[Bar]


MOST_BARS = 30


def timeline_drawing(items: Sequence[Dated]) -> Timeline | None:
    """The dated ones by their first date; None when nobody set a date."""
    dated = sorted((i for i in items if i.dates), key=lambda i: (min(i.dates), i.row.number))
    dated = dated[:MOST_BARS]
    if not dated:
        return None
    today = timezone.localdate()
    days = [day for item in dated for day in item.dates] + [today]
    first, last = min(days) - timedelta(days=7), max(days) + timedelta(days=14)

    def x(day: date) -> float:
        share = (day - first).days / max((last - first).days, 1)
        return round(NAMES + share * (WIDTH - NAMES - RIGHT), 1)

    bars = [_bar(item, n, x) for n, item in enumerate(dated)]
    months = [Tick(x(day), written(day, "M Y" if n == 0 or day.month == 1 else "M")) for n, day in
              enumerate(_months(first, last))]  # fmt: skip
    return Timeline(WIDTH, HEAD + ROW * len(bars) + 8, x(today), months, bars)


def _bar(item: Dated, n: int, x: Any) -> Bar:
    top = HEAD + n * ROW
    start = x(item.start) if item.start else None
    end = x(item.end) if item.end else start
    return Bar(
        item=item,
        y=top + 8,
        text_y=top + 20,
        mark_y=top + 15,
        x=start,
        width=max((end or 0) - (start or 0), 6),
        deadline=x(item.row.deadline) if item.row.deadline else None,
        promised=x(item.promised) if item.promised else None,
    )


def _months(first: date, last: date) -> list[date]:
    """Firsts of months, thinned so that their names do not touch."""
    found, day = [], date(first.year, first.month, 1)
    while day <= last:
        if day >= first:
            found.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    step = max(1, len(found) // 12)
    return found[::step]
