"""The Vega-Lite spec of a KPI chart: numbers and days in, a dict out. No rendering, no theme.

Colours are placeholders, one per token; `kpis.charts` puts `var(--token)` in their place, so one
drawing serves light, dark and print.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kpis.words import BEFORE, measure

WIDTH, HEIGHT = 640, 216
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 20, 26
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
ROOM = 0.14
QUARTER_DAYS, YEAR_DAYS = 130, 500
NEAR = 70

INK = {
    "--accent": "#a0b0c1",
    "--accent-soft": "#a0b0c2",
    "--muted": "#a0b0c3",
    "--faint": "#a0b0c4",
    "--hair": "#a0b0c5",
    "--text": "#a0b0c6",
    "--surface": "#a0b0c7",
    "--ok-fill": "#a0b0c8",
    "--control": "#a0b0c9",
}

HATCH = "#a0b0d1"  # a fill: the hatch pattern that every page carries

Points = Sequence[tuple[date, Decimal | None]]


@dataclass(frozen=True)
class Promise:
    """A predicted range of the value on a day, drawn as a widening band from the last value."""

    low: Decimal
    high: Decimal
    day: date


@dataclass(frozen=True)
class Annotation:
    """Something that happened on a day: a release, an incident."""

    day: date
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything one chart shows. A point without a value is a gap."""

    points: Points
    unit: str = ""
    target: Decimal | None = None
    due: date | None = None
    baseline: Decimal | None = None
    band: tuple[Decimal, Decimal] | None = None
    promise: Promise | None = None
    annotations: Sequence[Annotation] = field(default_factory=tuple)

    @property
    def known(self) -> list[tuple[date, Decimal]]:
        return [(day, value) for day, value in self.points if value is not None]


@dataclass(frozen=True)
class Frame:
    """The window of days and values. `x` and `y` are the coordinates the rendered chart has."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(LEFT + INNER_WIDTH * (day - self.first).days / span, 1)

    def y(self, value: Decimal) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return round(TOP + INNER_HEIGHT * (1 - share), 1)


def frame(drawing: Drawing) -> Frame:
    """The window that holds every value, the target, the baseline and the promise."""
    days = [day for day, _value in drawing.points] + [a.day for a in drawing.annotations]
    values = [value for _day, value in drawing.known]
    values += [v for v in (drawing.target, drawing.baseline) if v is not None]
    values += list(drawing.band or ())
    if drawing.promise:
        days.append(drawing.promise.day)
        values += [drawing.promise.low, drawing.promise.high]
    if drawing.due and days and drawing.due <= max(days) + timedelta(days=YEAR_DAYS):
        days.append(drawing.due)
    low, high = (float(min(values)), float(max(values))) if values else (0.0, 1.0)
    room = (high - low or abs(high) or 1.0) * ROOM
    floor = 0.0 if 0 <= low < room else low - room
    return Frame(min(days), max(days), floor, high + room)


def spec(drawing: Drawing) -> dict[str, Any]:
    """The whole chart as Vega-Lite."""
    window = frame(drawing)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": INNER_WIDTH,
        "height": INNER_HEIGHT,
        "padding": {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM},
        "autosize": {"type": "none"},
        "background": None,
        "config": _config(),
        "layer": [layer for layer in _layers(drawing, window) if layer],
    }


def _config() -> dict[str, Any]:
    return {
        "aria": False,
        "font": "inherit",
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK["--faint"],
            "labelFontSize": 12,
            "gridColor": INK["--hair"],
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "title": None,
        },
    }


def _layers(drawing: Drawing, window: Frame) -> Iterable[dict[str, Any] | None]:
    yield _axes(drawing, window)
    yield _inside(drawing)
    yield from _promise(drawing)
    yield _level(drawing.baseline, window, "--faint", [1, 3])
    yield _level(drawing.target, window, "--muted", [4, 3])
    yield from _annotations(drawing, window)
    yield _line(drawing)
    yield _lone_points(drawing)
    yield _word(drawing.target, window.first, drawing, "--muted", _("Target"))
    yield _word(drawing.baseline, window.last, drawing, "--faint", _("Baseline"))
    yield from _now(drawing, window)


def _day(when: date) -> str:
    return when.isoformat()


def _x(**more: Any) -> dict[str, Any]:
    return {"field": "day", "type": "temporal", "scale": {"type": "utc"}, **more}


def _y(**more: Any) -> dict[str, Any]:
    return {"field": "value", "type": "quantitative", **more}


def _axes(drawing: Drawing, window: Frame) -> dict[str, Any]:
    """An unseen mark that carries both axes, so that the domains are exactly the window."""
    ends = [
        {"day": _day(window.first), "value": window.low},
        {"day": _day(window.last), "value": window.high},
    ]
    days = {
        "type": "utc",
        "domain": [_utc(window.first), _utc(window.last)],
        "nice": False,
    }
    return {
        "data": {"values": ends},
        "mark": {"type": "point", "opacity": 0, "color": INK["--surface"]},
        "encoding": {
            "x": _x(scale=days, axis=_months(window)),
            "y": _y(
                scale={"domain": [window.low, window.high], "nice": False, "zero": False},
                axis={"tickCount": 4, "labelExpr": _tick_words(drawing.unit)},
            ),
        },
    }


def _utc(when: date) -> dict[str, Any]:
    return {"year": when.year, "month": when.month, "date": when.day, "utc": True}


def _months(window: Frame) -> dict[str, Any]:
    span = (window.last - window.first).days
    style = "%b %Y" if span > YEAR_DAYS else "%b" if span > QUARTER_DAYS else "%-d %b"
    return {
        "grid": False,
        "format": style,
        "tickCount": {"interval": "month", "step": 1} if span > QUARTER_DAYS else 6,
        "labelFlush": True,
        "labelFlushOffset": 0,
        "labelOverlap": True,
    }


def _tick_words(unit: str) -> str:
    """Vega expression of a tick: the number with thin thousands and the unit."""
    number = "replace(format(datum.value, ',~f'), '-', '\u2212')"
    if not unit:
        return number
    if unit in BEFORE:
        return f"{json.dumps(unit + ' ')} + {number}"
    return f"{number} + {json.dumps(' ' + unit)}"


def _inside(drawing: Drawing) -> dict[str, Any] | None:
    """The band a KPI should stay in, as a quiet ground."""
    if drawing.band is None:
        return None
    low, high = map(float, drawing.band)
    return {
        "data": {"values": [{"low": low, "high": high}]},
        "mark": {"type": "rect", "fill": INK["--ok-fill"]},
        "encoding": {
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _promise(drawing: Drawing) -> Iterable[dict[str, Any]]:
    promise, known = drawing.promise, drawing.known
    if promise is None or not known:
        return
    day, value = known[-1]
    ends = [
        {"day": _day(day), "value": float(value), "high": float(value)},
        {"day": _day(promise.day), "value": float(promise.low), "high": float(promise.high)},
    ]
    yield {
        "data": {"values": ends},
        "mark": {"type": "area", "fill": INK["--accent-soft"]},
        "encoding": {"x": _x(), "y": _y(), "y2": {"field": "high"}},
    }
    for edge in ("value", "high"):
        yield {
            "data": {"values": ends},
            "mark": {
                "type": "line",
                "stroke": INK["--accent"],
                "strokeWidth": 1,
                "strokeDash": [2, 3],
            },
            "encoding": {"x": _x(), "y": _y(field=edge)},
        }


def _level(
    value: Decimal | None, window: Frame, token: str, dash: list[int]
) -> dict[str, Any] | None:
    if value is None:
        return None
    ends = [{"day": _day(day), "value": float(value)} for day in (window.first, window.last)]
    return {
        "data": {"values": ends},
        "mark": {"type": "line", "stroke": INK[token], "strokeWidth": 1, "strokeDash": dash},
        "encoding": {"x": _x(), "y": _y()},
    }


def _annotations(drawing: Drawing, window: Frame) -> Iterable[dict[str, Any]]:
    if not drawing.annotations:
        return
    marks = [
        {"day": _day(a.day), "value": window.high, "n": str(n)}
        for n, a in enumerate(drawing.annotations, start=1)
    ]
    base: dict[str, Any] = {"data": {"values": marks}}
    yield base | {
        "mark": {"type": "rule", "stroke": INK["--faint"], "strokeWidth": 1},
        "encoding": {"x": _x()},
    }
    yield base | {
        "mark": {
            "type": "point",
            "shape": "circle",
            "size": 220,
            "fill": INK["--surface"],
            "stroke": INK["--control"],
            "strokeWidth": 1,
            "opacity": 1,
            "yOffset": -8,
        },
        "encoding": {"x": _x(), "y": _y()},
    }
    yield base | {
        "mark": {
            "type": "text",
            "fontSize": 10,
            "fontWeight": 600,
            "fill": INK["--text"],
            "yOffset": -8,
        },
        "encoding": {"x": _x(), "y": _y(), "text": {"field": "n", "type": "nominal"}},
    }


def _stretches(points: Points) -> list[list[tuple[date, Decimal]]]:
    """The unbroken stretches of the series; a gap ends one."""
    found: list[list[tuple[date, Decimal]]] = [[]]
    for day, value in points:
        if value is None:
            found.append([])
        else:
            found[-1].append((day, value))
    return [stretch for stretch in found if stretch]


def _line(drawing: Drawing) -> dict[str, Any] | None:
    rows = [
        {"day": _day(day), "value": float(value), "run": run}
        for run, stretch in enumerate(_stretches(drawing.points))
        for day, value in stretch
    ]
    if not rows:
        return None
    return {
        "data": {"values": rows},
        "mark": {
            "type": "line",
            "stroke": INK["--accent"],
            "strokeWidth": 1.75,
            "strokeJoin": "round",
            "strokeCap": "round",
        },
        "encoding": {"x": _x(), "y": _y(), "detail": {"field": "run", "type": "nominal"}},
    }


def _lone_points(drawing: Drawing) -> dict[str, Any] | None:
    """A value between two gaps has no line; it is drawn as a dot."""
    lone = [s[0] for s in _stretches(drawing.points) if len(s) == 1]
    rows = [{"day": _day(day), "value": float(value)} for day, value in lone]
    if not rows:
        return None
    mark = {"type": "point", "size": 26, "fill": INK["--accent"], "stroke": None, "opacity": 1}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": _x(), "y": _y()}}


def _now(drawing: Drawing, window: Frame) -> Iterable[dict[str, Any]]:
    known = drawing.known
    if not known:
        return
    day, value = known[-1]
    base: dict[str, Any] = {"data": {"values": [{"day": _day(day), "value": float(value)}]}}
    place = {"x": _x(), "y": _y()}
    mark = {"type": "point", "size": 50, "fill": INK["--accent"], "stroke": None, "opacity": 1}
    yield base | {"mark": mark, "encoding": place}
    late = window.x(day) > WIDTH - RIGHT - NEAR
    words = {
        "type": "text",
        "text": measure(value, drawing.unit),
        "fill": INK["--accent"],
        "fontSize": 12,
        "fontWeight": 600,
        "align": "right" if late else "left",
        "dx": -8 if late else 8,
        "dy": 16 if window.y(value) < HEIGHT - BOTTOM - NEAR / 2 else -12,
    }
    yield base | {"mark": words, "encoding": place}


def _word(
    value: Decimal | None, day: date, drawing: Drawing, token: str, word: str
) -> dict[str, Any] | None:
    """A level's name on its line: the target's at the left, the baseline's at the right."""
    if value is None:
        return None
    at_start = drawing.points[0][0] >= day
    mark = {
        "type": "text",
        "text": f"{word} {measure(value, drawing.unit)}",
        "fill": INK[token],
        "fontSize": 11,
        "align": "left" if at_start else "right",
        "dx": 2 if at_start else -2,
        "dy": -7,
    }
    place = {"x": _x(), "y": _y()}
    values = [{"day": _day(day), "value": float(value)}]
    return {"data": {"values": values}, "mark": mark, "encoding": place}
