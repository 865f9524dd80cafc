"""The pipeline: how many initiatives stand in each phase, and for how long, by line."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Value
from django.utils import timezone

from config.batch import Asker, alone
from initiatives.models import Initiative
from initiatives.phases import EIGHT
from initiatives.queries.activity import steps_seen
from initiatives.queries.portfolio import HeatCell, heat_cells, heat_rows

HEAT = [p for p in EIGHT if p.number <= 5]


def funnel(person: Any, line: str = "") -> list[dict[str, Any]]:
    """Counts per numbered phase with the address of that list; one query."""
    return alone(ask_funnel(person, line))


def ask_funnel(person: Any, line: str = "") -> Asker:
    """The same, asked together with others."""
    found = _visible(person, line).exclude(phase="closed").order_by()
    counts = dict((yield found.values_list("phase").annotate(n=Count("id"))))
    scope = f"&line={line}" if line else ""
    yield from [
        {
            "number": phase.number,
            "name": phase.name if phase.number == 1 else phase.short,
            "count": sum(counts.get(state, 0) for state in phase.states),
            "href": "/initiatives?" + "&".join(f"phase={s}" for s in phase.states) + scope,
        }
        for phase in EIGHT
    ]


def ask_moved(person: Any) -> Asker:
    """How many initiatives changed their phase in the last seven days."""
    week = timezone.now() - timedelta(days=7)
    moved = steps_seen(person).filter(at__gte=week).exclude(from_state=F("to_state")).order_by()
    counted = moved.values(all=Value(1)).annotate(n=Count("subject", distinct=True))
    yield from (yield counted.values_list("n", flat=True)) or [0]


def heat(person: Any, line: str = "") -> list[dict[str, Any]]:
    """Middle age in phase, by line and phase, with its ratio to the expected time; one query."""
    return alone(ask_heat(person, line))


def ask_heat(person: Any, line: str = "") -> Asker:
    """The same, asked together with others."""
    found = heat_rows((yield heat_cells(_visible(person, line), tuple(HEAT))), tuple(HEAT))
    yield from [
        {"name": row.name, "cells": [_cell(row.slug, cell) for cell in row.cells]} for row in found
    ]


def _cell(slug: str, cell: HeatCell | None) -> dict[str, Any]:
    if cell is None:
        return {"text": "", "ratio": None}
    listed = "&".join(f"phase={s}" for s in cell.phase.states if s != "intake")
    return {
        "text": f"{cell.days:.0f}\u00a0d",
        "ratio": cell.ratio,
        "href": f"/initiatives?{listed}&line={slug}&sort=-age",
    }


def _visible(person: Any, line: str) -> Any:
    found = Initiative.objects.visible_to(person)
    return found.filter(line__slug=line) if line else found
