"""KPI charts as SVG: the spec rendered by vl-convert on the server, cached by its content.

Nothing here queries. The drawing has no style attribute and no script, so the page's policy stays
strict; a table with the same values stands behind each chart.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from config.web.words import short_day
from kpis.chart_spec import (
    HATCH,
    HEIGHT,
    INK,
    WIDTH,
    Annotation,
    Drawing,
    Frame,
    Promise,
    frame,
    spec,
)
from kpis.models import KPI, Target
from kpis.periods import with_gaps
from kpis.words import measure, span

RELEASE = 2
KEEP_SECONDS = 24 * 3600
THOUSANDS = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
TOKENS = {hexa: f"var({token})" for token, hexa in INK.items()} | {HATCH: "url(#hatch)"}
COLOUR = re.compile("|".join(TOKENS), re.IGNORECASE)
ROOT = re.compile(r"<svg[^>]*>")
INNER_ROLE = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")')


@dataclass(frozen=True)
class Row:
    """One line of the table behind the chart; `x` and `y` are where the cursor stands."""

    day: str
    cells: list[str]
    x: float
    y: float | None


@dataclass(frozen=True)
class Chart:
    """A figure: the finding as its title, the drawing, one sentence, and the table."""

    title: str
    said: str
    svg: SafeString
    headers: list[str]
    rows: list[Row]
    annotations: Sequence[Annotation] = ()
    key: Sequence[tuple[str, str]] = ()


def kpi_chart(
    kpi: KPI,
    values: Iterable[tuple[date, Decimal]],
    *,
    target: Target | None = None,
    promise: Promise | None = None,
    annotations: Sequence[Annotation] = (),
    title: str = "",
) -> Chart | None:
    """The chart of one KPI, or None while there is no value to draw. No query.

    `values` are the current values by the last day of their period, oldest first; a missing period
    becomes a gap. `promise` draws the predicted band of an initiative from the last value on.
    """
    drawing = Drawing(
        points=list(with_gaps(kpi.cadence, values)),
        unit=kpi.unit,
        target=target.value if target else None,
        due=target.due_date if target else None,
        baseline=target.baseline_value if target else None,
        band=_limits(kpi),
        promise=promise,
        annotations=annotations,
    )
    if not drawing.known:
        return None
    said = _said(kpi, drawing)
    return Chart(
        title=title or kpi.name,
        said=said,
        svg=render(drawing, title or kpi.name, said),
        headers=_headers(kpi, drawing),
        rows=_rows(drawing, frame(drawing)),
        annotations=annotations,
        key=_key(drawing),
    )


def render(drawing: Drawing, title: str, said: str) -> SafeString:
    """The drawing as SVG for a page."""
    return draw(spec(drawing), title=title, said=said, width=WIDTH, height=HEIGHT)


def draw(figure: dict[str, Any], *, title: str, said: str, width: int, height: int) -> SafeString:
    """A spec of ours as SVG for a page; rendered once per content, then from memory."""
    wanted = json.dumps(figure, sort_keys=True)
    digest = hashlib.sha256(f"{RELEASE}{wanted}".encode()).hexdigest()[:32]
    drawn: str | None = cache.get(f"kpi-chart-{digest}")
    if drawn is None:
        drawn = _themed(vl_convert.vegalite_to_svg(wanted, format_locale=THOUSANDS))
        cache.set(f"kpi-chart-{digest}", drawn, KEEP_SECONDS)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vl" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="t-{digest}" aria-describedby="d-{digest}">'
        f'<title id="t-{digest}">{escape(title)}</title><desc id="d-{digest}">{escape(said)}</desc>'
    )
    return mark_safe(head + drawn)  # noqa: S308 - our own spec; the words are escaped


def _themed(svg: str) -> str:
    """Without its own head and without roles inside (the drawing is one image; its values are in the
    table), and with tokens in place of the placeholder colours.
    """
    body = INNER_ROLE.sub("", ROOT.sub("", svg, count=1))
    return COLOUR.sub(lambda found: TOKENS[found[0].lower()], body)


def _limits(kpi: KPI) -> tuple[Decimal, Decimal] | None:
    if kpi.direction != "band" or kpi.band_low is None or kpi.band_high is None:
        return None
    return kpi.band_low, kpi.band_high


def _said(kpi: KPI, drawing: Drawing) -> str:
    (first_day, first), (last_day, last) = drawing.known[0], drawing.known[-1]
    parts = [
        _("%(first)s on %(from)s, %(last)s on %(to)s")
        % {
            "first": kpi.in_words(first),
            "from": short_day(first_day),
            "last": kpi.in_words(last),
            "to": short_day(last_day),
        }
    ]
    if drawing.target is not None:
        parts.append(_("target %s") % kpi.in_words(drawing.target))
    if drawing.baseline is not None:
        parts.append(_("baseline %s") % kpi.in_words(drawing.baseline))
    if drawing.promise:
        parts.append(
            _("promised %(range)s by %(day)s")
            % {
                "range": span(drawing.promise.low, drawing.promise.high, kpi.unit),
                "day": short_day(drawing.promise.day),
            }
        )
    gaps = sum(value is None for _day, value in drawing.points)
    if gaps:
        parts.append(_("with gaps where nothing was measured"))
    return ", ".join(parts) + "."


def _headers(kpi: KPI, drawing: Drawing) -> list[str]:
    heads = [_("Measured until"), kpi.name]
    if drawing.target is not None:
        heads.append(_("Target"))
    return heads


def _rows(drawing: Drawing, window: Frame) -> list[Row]:
    return [_row(drawing, window, day, value) for day, value in reversed(drawing.points)]


def _row(drawing: Drawing, window: Frame, day: date, value: Decimal | None) -> Row:
    cells = [_("not measured") if value is None else measure(value, drawing.unit)]
    if drawing.target is not None:
        cells.append(measure(drawing.target, drawing.unit))
    y = None if value is None else window.y(value)
    return Row(short_day(day), cells, window.x(day), y)


def _key(drawing: Drawing) -> list[tuple[str, str]]:
    """What the strokes mean: (class of the swatch, words)."""
    known: list[tuple[str, Any, str]] = [
        ("measured", True, _("measured")),
        (
            "goal",
            drawing.target is not None,
            _("target %s") % measure(drawing.target, drawing.unit),
        ),
        (
            "base",
            drawing.baseline is not None,
            _("baseline %s") % measure(drawing.baseline, drawing.unit),
        ),
        ("inside", drawing.band, _("band to stay in")),
        ("promise", drawing.promise, _("promised range")),
    ]
    return [(kind, words) for kind, shown, words in known if shown]
