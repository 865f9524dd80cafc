"""Draws the matrix of initiatives and puts its table behind it. Nothing here queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from initiatives.matrix import HEIGHT, WIDTH, Axis, Dot, best, spec
from kpis.charts import draw


@dataclass(frozen=True)
class Row:
    """One line of the table: the initiative, its cells, and how strong it is."""

    dot: Dot
    cells: list[str]


@dataclass(frozen=True)
class Matrix:
    """The figure: finding as title, drawing, one sentence, table. `left_out` lack an axis."""

    title: str
    said: str
    svg: SafeString
    headers: list[str]
    rows: list[Row]
    left_out: list[str]


def matrix(
    dots: Sequence[Dot], across: Axis, up: Axis, *, left_out: Sequence[str] = ()
) -> Matrix | None:
    """The matrix of some initiatives; None while there is nothing to draw."""
    if not dots:
        return None
    named = best(dots)
    title = _("%(up)s against %(across)s") % {"up": up.label, "across": across.label.lower()}
    said = _("%(n)d initiatives.") % {"n": len(dots)}
    if named:
        said += " " + _("Highest score: %(title)s.") % {"title": named[0].title}
    weak = sum(dot.strength == "assumed" for dot in dots)
    if weak:
        said += " " + _("%(n)d rest on assumptions and are drawn hollow.") % {"n": weak}
    ordered = sorted(dots, key=lambda d: (d.score is None, -(d.score or 0)))
    return Matrix(
        title=title,
        said=said,
        svg=draw(spec(dots, across, up), title=title, said=said, width=WIDTH, height=HEIGHT),
        headers=[_("Initiative"), up.title, across.title, _("Score"), _("Rests on")],
        rows=[Row(d, [_reach(d.up), _reach(d.across), _number(d.score)]) for d in ordered],
        left_out=list(left_out),
    )


def _reach(ends: tuple[float, float, float]) -> str:
    low, value, high = ends
    shown = _number(value)
    return shown if low == high else f"{shown} ({_number(low)}–{_number(high)})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u202f")
