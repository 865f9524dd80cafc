"""Chart figures drawn on the server: a line over time with target, band, gaps and notes.

The drawing carries classes only, so both themes and print use the same picture; the table behind
it is part of the figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from typing import Any

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from config.web.glyphs import runs
from config.web.words import SPACE, UNKNOWN, figure, short_day

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 640, 210, 46, 628, 14, 182
TICKS = 4

Point = tuple[date, float | None]


@dataclass(frozen=True)
class Figure:
    """Everything the template draws; coordinates are final."""

    title: str
    said: str
    lines: list[str]
    dots: list[tuple[float, float]]
    ticks: list[tuple[float, str]]
    months: list[tuple[float, str, str]]
    target: float | None
    band: dict[str, float] | None
    notes: list[dict[str, Any]]
    now: dict[str, Any] | None
    headers: list[str]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class _Frame:
    """The window of dates and values that a drawing shows."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - self.first).days / span, 1)

    def y(self, value: float) -> float:
        return round(BASE - (BASE - TOP) * (value - self.low) / (self.high - self.low), 1)


def line_figure(
    *,
    title: str,
    name: str,
    unit: str = "",
    points: Iterable[tuple[date, Any]] = (),
    target: Any = None,
    band: tuple[date, Any, Any] | None = None,
    notes: Iterable[tuple[date, str]] = (),
) -> Figure:
    """A line over time. `band` is (date, low, high) of the prediction; None values are gaps."""
    known = _clean(points)
    goal = None if target is None else float(target)
    reach = None if band is None else (band[0], float(band[1]), float(band[2]))
    frame = _frame(known, goal, reach)
    numbered = [(n, day, text) for n, (day, text) in enumerate(notes, start=1)]
    return Figure(
        title=title,
        said=_said(name, unit, known, goal),
        lines=runs((frame.x(d), None if v is None else frame.y(v)) for d, v in known),
        dots=[(frame.x(d), frame.y(v)) for d, v in known if v is not None],
        ticks=_ticks(frame, unit),
        months=_months(frame),
        target=None if goal is None else frame.y(goal),
        band=_band(frame, known, reach),
        notes=[{"n": n, "x": frame.x(d), "day": d, "text": t} for n, d, t in numbered],
        now=_now(frame, known, unit),
        headers=[_("Date"), name, *([_("Target")] if goal is not None else [])],
        rows=[_row(frame, p, unit, goal) for p in known],
    )


def _clean(points: Iterable[tuple[date, Any]]) -> list[Point]:
    return sorted((d, None if v is None else float(v)) for d, v in points)


def _frame(
    points: Sequence[Point], target: float | None, band: tuple[date, float, float] | None
) -> _Frame:
    days = [d for d, _v in points] + ([band[0]] if band else [])
    values = [v for _d, v in points if v is not None]
    values += [target] if target is not None else []
    values += list(band[1:]) if band else []
    first, last = (min(days), max(days)) if days else (date.today(), date.today())  # noqa: DTZ011
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low or abs(high) or 1) * 0.12
    floor_at = 0.0 if low >= 0 > low - room else low - room
    return _Frame(first, last, floor_at, high + room)


def _ticks(frame: _Frame, unit: str) -> list[tuple[float, str]]:
    rough = (frame.high - frame.low) / TICKS
    size: float = 10.0 ** floor(log10(rough))
    step = next(size * m for m in (1, 2, 5, 10) if size * m >= rough)
    decimals = max(0, -floor(log10(step)))
    at = (floor(frame.low / step) + 1) * step
    found = []
    while at < frame.high:
        found.append((frame.y(at), _with_unit(at, unit, decimals)))
        at += step
    return found


def _months(frame: _Frame) -> list[tuple[float, str, str]]:
    days = (frame.last - frame.first).days
    marks = [frame.first + timedelta(days=days * i // 4) for i in range(5)] if days else []
    sides = ("", "mid", "mid", "mid", "end")
    return [(frame.x(d), written(d, "j M"), side) for d, side in zip(marks, sides, strict=False)]


def _band(
    frame: _Frame, points: Sequence[Point], band: tuple[date, float, float] | None
) -> dict[str, float] | None:
    start = next(((d, v) for d, v in reversed(points) if v is not None), None)
    if band is None or start is None:
        return None
    return {
        "x0": frame.x(start[0]),
        "y0": frame.y(start[1]),
        "x1": frame.x(band[0]),
        "low": frame.y(band[1]),
        "high": frame.y(band[2]),
    }


def _now(frame: _Frame, points: Sequence[Point], unit: str) -> dict[str, Any] | None:
    for day, value in reversed(points):
        if value is not None:
            x, y = frame.x(day), frame.y(value)
            late = x > RIGHT - 70
            side = "end" if late else ""
            text = _with_unit(value, unit, _decimals(value))
            return {
                "x": x,
                "y": y,
                "tx": x - 8 if late else x + 8,
                "ty": y + 16,
                "text": text,
                "side": side,
            }
    return None


def _row(frame: _Frame, point: Point, unit: str, target: float | None) -> dict[str, Any]:
    day, value = point
    cells = [_("unknown") if value is None else _with_unit(value, unit, _decimals(value))]
    if target is not None:
        cells.append(_with_unit(target, unit, _decimals(target)))
    return {
        "day": short_day(day),
        "cells": cells,
        "x": frame.x(day),
        "y": "" if value is None else frame.y(value),
    }


def _said(name: str, unit: str, points: Sequence[Point], target: float | None) -> str:
    known = [(d, v) for d, v in points if v is not None]
    if not known:
        return _("%(name)s has no observation yet.") % {"name": name}
    (first_day, first), (last_day, last) = known[0], known[-1]
    said = _("%(name)s: %(first)s on %(from)s, %(last)s on %(to)s") % {
        "name": name,
        "first": _with_unit(first, unit, _decimals(first)),
        "from": short_day(first_day),
        "last": _with_unit(last, unit, _decimals(last)),
        "to": short_day(last_day),
    }
    if target is not None:
        said += _(", target %s") % _with_unit(target, unit, _decimals(target))
    return said + "."


def _with_unit(value: float | None, unit: str, decimals: int) -> str:
    if value is None:
        return UNKNOWN
    return f"{figure(value, decimals)}{SPACE}{unit}" if unit else figure(value, decimals)


def _decimals(value: float) -> int:
    return 0 if float(value).is_integer() and abs(value) >= 100 else 1
