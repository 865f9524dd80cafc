"""Drawings as components: ring, phase bar, evidence, scores, coverage, ages, sparklines, charts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template import Library
from django.utils.translation import gettext as _

from config.web import glyphs
from config.web.figures import Figure
from config.web.words import age as written_age

register = Library()

OVER_TWICE = 2.0
HEAT = (0.5, 1.0, 2.0, 3.0)


@register.inclusion_tag("_ui/_ring.html")
def gate_ring(requirements: Iterable[Any], label: str = "") -> dict[str, Any]:
    """A segment per requirement: filled, striped (waived), empty."""
    drawn = glyphs.ring(requirements or ())
    said = _("%(met)d met, %(waived)d waived, %(missing)d missing of %(total)d") % {
        "met": drawn.met,
        "waived": drawn.waived,
        "missing": drawn.missing,
        "total": drawn.total,
    }
    return {"ring": drawn, "said": f"{label}: {said}" if label else said}


@register.inclusion_tag("_ui/_phase_bar.html")
def phase_bar(
    phases: Iterable[Any], ring: Iterable[Any] | None = None, ring_label: str = ""
) -> dict[str, Any]:
    """The thread on top of an initiative: numbered phases, age against expectation, the gate."""
    return {
        "phases": [_phase(p) for p in phases],
        "ring": list(ring) if ring is not None else None,
        "ring_label": ring_label,
    }


def _read(row: Any, name: str, fallback: Any = None) -> Any:
    return row.get(name, fallback) if isinstance(row, dict) else getattr(row, name, fallback)


def _phase(row: Any) -> dict[str, Any]:
    days, expected = _read(row, "days"), _read(row, "expected")
    state = _read(row, "state", "todo")
    drawn = {
        "number": _read(row, "number"),
        "name": _read(row, "name"),
        "state": state,
        "late": days is not None and bool(expected) and days > expected,
        "text": _read(row, "note") or _phase_age(days, expected),
        "here": 0.0,
        "over": 0.0,
    }
    if state == "now":
        drawn["here"], drawn["over"] = _progress(days, expected)
    return drawn


def _phase_age(days: Any, expected: Any) -> str:
    if days is None:
        return _("expected %s") % written_age(expected) if expected else ""
    if not expected:
        return written_age(days)
    return _("%(days)s of %(expected)d") % {"days": written_age(days), "expected": expected}


def _progress(days: Any, expected: Any) -> tuple[float, float]:
    """How far the bar is filled, and how much of it is over the expected time."""
    if not expected or days is None:
        return 100.0, 0.0
    if days <= expected:
        return round(max(100 * days / expected, 4), 1), 0.0
    here = round(100 * expected / days, 1)
    return here, round(100 - here, 1)


@register.inclusion_tag("_ui/_evidence_bar.html")
def evidence_bar(measured: Any = 0, reported: Any = 0, assumed: Any = 0) -> dict[str, Any]:
    """What a claim rests on: solid measured, hatched reported, hollow assumed."""
    parts = [float(p or 0) for p in (measured, reported, assumed)]
    total = sum(parts)
    shares = [round(100 * p / total) if total else 0 for p in parts]
    said = _("Evidence: %(m)d percent measured, %(r)d percent reported, %(a)d percent assumed")
    return {
        "none": total == 0,
        "parts": _drawn(glyphs.portions(parts, 560)),
        "said": said % dict(zip("mra", shares, strict=True)) if total else _("No evidence yet"),
    }


def _drawn(places: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    kinds = ("solid", "hatched", "hollow")
    return [
        {"kind": k, "x": x, "width": w} for k, (x, w) in zip(kinds, places, strict=True) if w > 0
    ]


@register.inclusion_tag("_ui/_evidence_legend.html")
def evidence_legend(
    measured: str = "", reported: str = "", assumed: str = "", whisker: bool = False
) -> dict[str, Any]:
    """The three fills in words; `whisker` adds the range of a score."""
    return {"measured": measured, "reported": reported, "assumed": assumed, "whisker": whisker}


@register.inclusion_tag("_ui/_score_bar.html")
def score_bar(
    score: Any = None,
    measured: Any = 0,
    reported: Any = 0,
    assumed: Any = 0,
    low: Any = None,
    high: Any = None,
) -> dict[str, Any]:
    """A score drawn by the strength of what it rests on, on a scale of 100, with its range."""
    parts = [float(p or 0) for p in (measured, reported, assumed)]
    said = _("Score %(score)s: %(m)d measured, %(r)d reported, %(a)d assumed") % {
        "score": "–" if score is None else score,
        **dict(zip("mra", parts, strict=True)),
    }
    if low is not None and high is not None:
        said += _(", range %(low)d to %(high)d") % {"low": low, "high": high}
    return {
        "parts": _drawn(glyphs.portions(parts, 1.5 * sum(parts))),
        "low": None if low is None or high is None else 1.5 * float(low),
        "high": None if high is None else 1.5 * float(high),
        "said": said,
    }


@register.inclusion_tag("_ui/_coverage.html")
def coverage(label: str, done: Any, total: Any, href: str = "") -> dict[str, Any]:
    """How much is covered; the link leads to what lacks it."""
    share = (done or 0) / total if total else 0
    return {
        "label": label,
        "done": done,
        "total": total,
        "href": href,
        "width": round(100 * min(share, 1), 1),
        "whole": bool(total) and share >= 1,
    }


@register.inclusion_tag("_ui/_meter.html")
def meter(done: Any, total: Any, label: str = "") -> dict[str, Any]:
    """A small bar of used capacity."""
    share = (done or 0) / total if total else 0
    return {
        "width": round(120 * min(share, 1), 1),
        "over": share > 1,
        "said": _("%(label)s: %(done)s of %(total)s")
        % {"label": label, "done": done or 0, "total": total or 0},
    }


@register.inclusion_tag("_ui/_age_bar.html")
def age_bar(days: Any, expected: Any = None, p85: Any = None) -> dict[str, Any]:
    """An age against the expected time and the slow end of earlier ones."""
    days = float(days or 0)
    reach = max(days, float(expected or 0), float(p85 or 0), 1) * 1.03
    said = _("%d days") % days
    said += _(", expected %d") % expected if expected else ""
    said += _(", 85th percentile %d") % p85 if p85 else ""
    inside = min(days, float(expected or days))
    return {
        "here": round(270 * inside / reach, 1),
        "over": round(270 * (days - inside) / reach, 1),
        "ticks": [round(270 * float(t) / reach, 1) for t in (expected, p85) if t],
        "said": said,
    }


@register.inclusion_tag("_ui/_spark.html")
def sparkline(
    values: Sequence[Any], target: Any = None, marks: Iterable[int] = (), label: str = ""
) -> dict[str, Any]:
    """A trend with target and release marks. Gaps stay gaps."""
    values = list(values or ())
    known = [v for v in values if v is not None]
    said = _("Trend, last value %s") % known[-1] if known else _("No observation yet")
    said += _(", target %s") % target if target is not None else ""
    return {"spark": glyphs.spark(values, target, marks or ()), "said": label or said}


@register.inclusion_tag("_ui/_chart.html")
def chart(figure: Figure) -> dict[str, Any]:
    """A chart figure with its table; see `config.web.figures`."""
    return {"figure": figure}


@register.inclusion_tag("_ui/_funnel.html")
def funnel(phases: Iterable[Any]) -> dict[str, Any]:
    """How many initiatives stand in each phase."""
    return {"phases": phases}


@register.filter
def heat_step(ratio: Any) -> str:
    """The heat class of an age by its ratio to the expected time."""
    if ratio is None:
        return "hx"
    return f"h{sum(float(ratio) >= edge for edge in HEAT)}"


@register.filter
def heat_words(ratio: Any) -> str:
    """The same ratio in words, because colour never stands alone."""
    said = {
        "hx": _("no expected time"),
        "h0": _("within expected"),
        "h1": _("near expected"),
        "h2": _("over expected"),
        "h3": _("over twice"),
        "h4": _("over three times"),
    }
    return said[heat_step(ratio)]
