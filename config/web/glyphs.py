"""Geometry of the small drawings: ring, sparkline, bars. Numbers in, coordinates out, no markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

VERDICTS = ("met", "waived", "missing")
RADIUS = 18.0
CENTRE = 22.0
GAP = 0.19


@dataclass(frozen=True)
class Ring:
    """Segments of a gate ring: one per requirement, met first."""

    segments: list[tuple[str, str]]
    met: int
    waived: int
    missing: int

    @property
    def total(self) -> int:
        return self.met + self.waived + self.missing

    @property
    def passed(self) -> int:
        return self.met + self.waived


def ring(requirements: Iterable[Any]) -> Ring:
    """A ring of requirements (or plain verdicts), clockwise from the top."""
    verdicts = [r if isinstance(r, str) else r.verdict for r in requirements]
    verdicts.sort(key=VERDICTS.index)
    total = len(verdicts)
    segments = [(v, _arc(i, total)) for i, v in enumerate(verdicts)]
    return Ring(segments, *(verdicts.count(v) for v in VERDICTS))


def _arc(index: int, total: int) -> str:
    if total == 1:
        return f"M22 {CENTRE - RADIUS:g}A18 18 0 1 1 21.99 {CENTRE - RADIUS:g}"
    step = 2 * pi / total
    gap = min(GAP, step / 3)
    start, stop = index * step + gap / 2, (index + 1) * step - gap / 2
    large = int(stop - start > pi)
    return f"M{_on_ring(start)}A18 18 0 {large} 1 {_on_ring(stop)}"


def _on_ring(angle: float) -> str:
    return f"{CENTRE + RADIUS * sin(angle):.2f} {CENTRE - RADIUS * cos(angle):.2f}"


@dataclass(frozen=True)
class Spark:
    """A sparkline in a box of 300 by 44."""

    lines: list[str]
    last: tuple[float, float] | None
    target: float | None
    marks: list[float]


def spark(values: Sequence[Any], target: Any = None, marks: Iterable[int] = ()) -> Spark:
    """Points of a sparkline. None is a gap; the last known value gets the dot."""
    known = [float(v) for v in values if v is not None]
    if not known:
        return Spark([], None, None, [])
    reach = [*known, float(target)] if target is not None else known
    low, high = min(reach), max(reach)
    points = [(_across(i, len(values)), _up(v, low, high)) for i, v in enumerate(values)]
    last = next((x, y) for x, y in reversed(points) if y is not None)
    goal = _up(target, low, high)
    return Spark(runs(points), last, goal, [_across(i, len(values)) for i in marks])


def _across(index: int, count: int) -> float:
    return round(4 + 292 * index / max(count - 1, 1), 1)


def _up(value: Any, low: float, high: float) -> float | None:
    if value is None:
        return None
    return round(22 if high == low else 39 - 32 * (float(value) - low) / (high - low), 1)


def runs(points: Iterable[tuple[float, float | None]]) -> list[str]:
    """Polylines of the unbroken stretches; a lone point becomes a short stroke."""
    stretches: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{x:g},{y:g}")
    return [" ".join(s if len(s) > 1 else s * 2) for s in stretches if s]


def portions(parts: Sequence[float], width: float, gap: float = 1) -> list[tuple[float, float]]:
    """Start and width of each part of a bar; parts of nothing take no room."""
    total = sum(parts) or 1
    placed: list[tuple[float, float]] = []
    at = 0.0
    for part in parts:
        long = width * part / total
        placed.append((round(at, 1), round(max(long - gap, 0), 1)))
        at += long
    return placed
