"""The matrix: what it brings against what it costs, with whiskers. Numbers in, a Vega-Lite spec out.

Pure. Weak points are hollow, reported ones hatched, measured ones solid; the best ten carry a name that
is put where it covers nothing. `initiatives.charts` draws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kpis.chart_spec import HATCH, INK

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 58, 24, 18, 48
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
NAMED = 10
FILL = {"measured": INK["--accent"], "reported": HATCH, "assumed": INK["--surface"]}
LETTER, LINE = 6.2, 15.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Axis:
    """One axis: its label and unit."""

    label: str
    unit: str = ""

    @property
    def title(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True)
class Dot:
    """One initiative: (low, value, high) across and up, how strong it is, and its rank by score."""

    key: str
    title: str
    href: str
    across: tuple[float, float, float]
    up: tuple[float, float, float]
    strength: str
    score: float | None = None


@dataclass(frozen=True)
class Window:
    """The range of values shown, and where they stand on the drawing."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        return INNER_WIDTH * (value - self.left) / (self.right - self.left)

    def y(self, value: float) -> float:
        return INNER_HEIGHT * (1 - (value - self.low) / (self.high - self.low))


def window(dots: Sequence[Dot]) -> Window:
    """A window that holds every whisker with some room; zero is inside where it is near."""
    return Window(*_span([d.across for d in dots]), *_span([d.up for d in dots]))


def _span(ends: Iterable[tuple[float, float, float]]) -> tuple[float, float]:
    values = [v for each in ends for v in each] or [0.0, 1.0]
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * 0.08
    floor = 0.0 if 0 <= low <= (high - low or high) else low - room
    return floor, high + room


def best(dots: Sequence[Dot]) -> list[Dot]:
    """The ten with the highest scores; they are named on the drawing."""
    scored = [d for d in dots if d.score is not None]
    return sorted(scored, key=lambda d: -(d.score or 0))[:NAMED]


def spec(dots: Sequence[Dot], across: Axis, up: Axis) -> dict[str, Any]:
    """The whole drawing as Vega-Lite."""
    view = window(dots)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": INNER_WIDTH,
        "height": INNER_HEIGHT,
        "padding": {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM},
        "autosize": {"type": "none"},
        "background": None,
        "config": _config(),
        "layer": [
            _axes(view, across, up),
            *_whiskers(dots),
            *(_points(dots, strength) for strength in FILL),
            *_names(dots, view),
        ],
    }


def _config() -> dict[str, Any]:
    return {
        "aria": False,
        "font": "inherit",
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK["--faint"],
            "labelFontSize": 12,
            "titleColor": INK["--muted"],
            "titleFontSize": 12,
            "titleFontWeight": 500,
            "gridColor": INK["--hair"],
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
        },
    }


def _axes(view: Window, across: Axis, up: Axis) -> dict[str, Any]:
    """An unseen mark that carries both axes, so that the domains are exactly the window."""
    ends = [{"x": view.left, "y": view.low}, {"x": view.right, "y": view.high}]
    domain_x = {"domain": [view.left, view.right], "nice": False, "zero": False}
    domain_y = {"domain": [view.low, view.high], "nice": False, "zero": False}
    ticks = {"tickCount": 6, "format": ",~f"}
    return {
        "data": {"values": ends},
        "mark": {"type": "point", "opacity": 0, "color": INK["--surface"]},
        "encoding": {
            "x": _at("x", scale=domain_x, axis={"title": across.title, **ticks}),
            "y": _at("y", scale=domain_y, axis={"title": up.title, **ticks}),
        },
    }


def _at(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", **more}


def _whiskers(dots: Sequence[Dot]) -> list[dict[str, Any]]:
    rows = [
        {"x": d.across[1], "x1": d.across[0], "x2": d.across[2], "y": d.up[1], "y1": d.up[0],
         "y2": d.up[2]}
        for d in dots
    ]  # fmt: skip
    mark = {"type": "rule", "stroke": INK["--faint"], "strokeWidth": 1}
    wide = {"x": _at("x1"), "x2": {"field": "x2"}, "y": _at("y")}
    tall = {"x": _at("x"), "y": _at("y1"), "y2": {"field": "y2"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": e} for e in (wide, tall)]


def _points(dots: Sequence[Dot], strength: str) -> dict[str, Any]:
    rows = [{"x": d.across[1], "y": d.up[1]} for d in dots if d.strength == strength]
    mark: dict[str, Any] = {
        "type": "point",
        "shape": "circle",
        "size": 110,
        "fill": FILL[strength],
        "stroke": INK["--accent" if strength != "assumed" else "--control"],
        "strokeWidth": 1.5,
        "opacity": 1,
    }
    if strength == "assumed":
        mark["strokeDash"] = [2, 2]
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": _at("x"), "y": _at("y")}}


def _names(dots: Sequence[Dot], view: Window) -> list[dict[str, Any]]:
    taken: list[Box] = [_box(view.x(d.across[1]) - 7, view.y(d.up[1]), 14) for d in dots]
    layers = []
    for dot in best(dots):
        text = dot.title if len(dot.title) <= 26 else dot.title[:25].rstrip() + "…"
        align, dx, dy = _free(view.x(dot.across[1]), view.y(dot.up[1]), LETTER * len(text), taken)
        words = {"type": "text", "text": text, "align": align, "dx": dx, "dy": dy, "fontSize": 12}
        base: dict[str, Any] = {
            "data": {"values": [{"x": dot.across[1], "y": dot.up[1]}]},
            "encoding": {"x": _at("x"), "y": _at("y")},
        }
        # First in the ground's colour and wider, so that no whisker strikes a name through.
        halo = {"stroke": INK["--surface"], "strokeWidth": 4, "strokeJoin": "round"}
        layers.append(base | {"mark": words | halo | {"fill": INK["--surface"]}})
        layers.append(base | {"mark": words | {"fill": INK["--text"]}})
    return layers


def _box(x: float, y: float, width: float) -> Box:
    return x, y - LINE / 2, x + width, y + LINE / 2


def _free(x: float, y: float, width: float, taken: list[Box]) -> tuple[str, int, int]:
    """The first place around a point where a name covers nothing; right of it when none is free."""
    sides = [("left", 11, 0), ("right", -11, 0), ("left", 9, -13), ("right", -9, -13),
             ("left", 9, 13), ("right", -9, 13)]  # fmt: skip
    sides += [("center", 0, sign * step) for step in range(17, 120, 15) for sign in (-1, 1)]
    chosen, box = sides[0], _box(x + 11, y, width)
    for align, dx, dy in sides:
        start = x + dx - {"left": 0, "right": width, "center": width / 2}[align]
        found = _box(start, y + dy, width)
        inside = found[0] >= -LEFT / 2 and found[2] <= INNER_WIDTH + RIGHT
        inside = inside and found[1] >= -TOP and found[3] <= INNER_HEIGHT
        if inside and not any(_touch(found, other) for other in taken):
            chosen, box = (align, dx, dy), found
            break
    taken.append(box)
    return chosen


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
