"""What the pages of KPIs show, put into words: rows, cards, the finding, the detail page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.flow.steps import steps
from config.web.panels import panels
from config.web.words import percent
from kpis.charts import kpi_chart
from kpis.models import KPI, Observation, Target
from kpis.permissions import manages_kpi
from kpis.progress import Reading
from kpis.queries import Standing, links_of, reached_by, series, standing

SHOWN_VALUES = 12


def card(found: Standing) -> dict[str, Any]:
    """A KPI as the card of Home, a team or a line (`_ui/_kpi.html`)."""
    kpi, target = found.kpi, found.target
    return {
        "name": kpi.name,
        "href": kpi.get_absolute_url(),
        "value": value_in_words(found),
        "target": kpi.in_words(target.value) if target else "",
        "target_value": float(target.value) if target else None,
        "status": found.status,
        "status_text": status_in_words(found),
        "values": [None if value is None else float(value) for value in found.values],
    }


def row(found: Standing) -> dict[str, Any]:
    """A KPI as a row of the list."""
    return card(found) | {
        "kpi": found.kpi,
        "due": found.target.due_date if found.target else None,
        "progress": progress_in_words(found.progress),
        "measured": found.reading.day if found.reading else None,
        "stale": found.stale,
        "trend": trend_in_words(found),
    }


def value_in_words(found: Standing) -> str:
    return found.kpi.in_words(found.reading.value if found.reading else None)


def progress_in_words(reached: Decimal | None) -> str:
    """Progress as per cent; unknown is a dash."""
    return percent(reached)


def status_in_words(found: Standing) -> str:
    """The word of the badge; unknown says why."""
    if found.status != "unknown":
        return ""
    if found.reading is None:
        return _("No value yet")
    if found.stale:
        return _("Stale")
    if found.target is None:
        return _("No target")
    return _("Unknown")


def trend_in_words(found: Standing) -> str:
    """The sparkline for people who hear it."""
    known = [value for value in found.values if value is not None]
    if not known:
        return _("No value yet")
    return _("Trend from %(first)s to %(last)s over %(n)d values") % {
        "first": found.kpi.in_words(known[0]),
        "last": found.kpi.in_words(known[-1]),
        "n": len(known),
    }


def finding(found: Standing) -> str:
    """The title of the chart: one sentence that says whether we are winning."""
    kpi, target = found.kpi, found.target
    if found.reading is None:
        return _("Nothing is measured yet")
    now = value_in_words(found)
    if target is None:
        return _("%(now)s now; no target is committed") % {"now": now}
    if found.progress is None:
        return _("%(now)s now; the target is %(target)s") % {
            "now": now,
            "target": kpi.in_words(target.value),
        }
    if found.progress >= 1:
        return _("%(now)s: the target %(target)s is reached") % {
            "now": now,
            "target": kpi.in_words(target.value),
        }
    if found.progress < 0:
        return _("%(now)s now, worse than the baseline %(baseline)s") % {
            "now": now,
            "baseline": kpi.in_words(target.baseline_value),
        }
    return _("%(now)s now, %(share)s of the way to %(target)s") % {
        "now": now,
        "share": percent(found.progress),
        "target": kpi.in_words(target.value),
    }


def facts(found: Standing) -> list[tuple[str, str, str]]:
    """Baseline, target, now, progress: strong numbers above the chart."""
    kpi, target, reading = found.kpi, found.target, found.reading
    shown: list[tuple[str, str, str]] = []
    if target:
        days = days_in_words(target.baseline_period_start, target.baseline_period_end)
        shown.append((_("Baseline"), kpi.in_words(target.baseline_value), days))
        due = _("by %s") % target.due_date.strftime("%-d %b %Y")
        shown.append((_("Target"), kpi.in_words(target.value), due))
    measured = _("until %s") % reading.day.strftime("%-d %b %Y") if reading else _("no value yet")
    shown.append((_("Now"), value_in_words(found), measured))
    if target:
        note = _("of the way") if found.progress is not None else _("unknown")
        shown.append((_("Progress"), progress_in_words(found.progress), note))
    return shown


def days_in_words(first: date | None, last: date | None) -> str:
    """A period of days, or nothing."""
    if first is None or last is None:
        return ""
    if first == last:
        return f"{first:%-d %b %Y}"
    if first.year == last.year:
        return f"{first:%-d %b} – {last:%-d %b %Y}"
    return f"{first:%-d %b %Y} – {last:%-d %b %Y}"


def target_row(target: Target, reading: Observation | Reading | None) -> dict[str, Any]:
    """A target as a row: its baseline, its progress, its state."""
    kpi = target.kpi
    known = Reading(reading.value, timezone.localdate()) if reading else None
    count = target.baseline_observations or 0
    return {
        "target": target,
        "value": kpi.in_words(target.value),
        "baseline": kpi.in_words(target.baseline_value),
        "baseline_days": days_in_words(target.baseline_period_start, target.baseline_period_end),
        "baseline_from": ngettext("%d observation", "%d observations", count) % count
        if count
        else "",
        "progress": progress_in_words(reached_by(kpi, target, known)),
        "state": target.state,
        "badge": {"proposed": "waiting", "committed": "done"}.get(target.state, "neutral"),
        "state_words": {
            "proposed": _("Proposed"),
            "committed": _("Committed"),
            "retired": _("Retired"),
        }[target.state],
    }


def detail(request: HttpRequest, kpi: KPI) -> dict[str, Any]:
    """Everything the page of a KPI shows. A constant number of queries."""
    targets = list(kpi.targets.select_related("owner"))
    for target in targets:
        target.kpi = kpi
    committed = next((t for t in targets if t.state == Target.COMMITTED), None)
    proposed = next((t for t in targets if t.state == Target.PROPOSED), None)
    values = series(kpi)
    found = standing(kpi, committed, values)
    return {
        "kpi": kpi,
        "standing": found,
        "status_text": status_in_words(found),
        "facts": facts(found),
        "chart": kpi_chart(kpi, values, target=committed, title=finding(found)),
        "finding": finding(found),
        "targets": [target_row(target, found.reading) for target in targets],
        "proposed": proposed,
        "steps": steps(proposed, request.user) if proposed else [],
        "values": _values(kpi),
        "more": max(len(values) - SHOWN_VALUES, 0),
        "links": links_of(kpi),
        "guardrails": list(kpi.guardrails.all()),
        "panels": panels("kpi", request, kpi),
        "may_keep": manages_kpi(request.user, kpi),
    }


def _values(kpi: KPI) -> list[dict[str, Any]]:
    rows = kpi.observations.select_related("recorded_by", "superseded_by").order_by(
        "-period_end", "-period_start", "-id"
    )
    return [
        {
            "days": days_in_words(each.period_start, each.period_end),
            "value": kpi.in_words(each.value),
            "now": kpi.in_words(each.superseded_by.value) if each.superseded_at else "",
            "row": each,
        }
        for each in rows[:SHOWN_VALUES]
    ]
