"""The pipeline: how many initiatives stand in each phase, and for how long, by line."""

from collections import defaultdict
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F
from django.utils import timezone

from initiatives.models import Initiative, InitiativeStep
from initiatives.phases import EIGHT, phase_of
from initiatives.queries.ages import working_days

HEAT = [p for p in EIGHT if p.number <= 5]


def funnel(person: Any, line: str = "") -> list[dict[str, Any]]:
    """Counts per numbered phase with the address of that list; one query."""
    found = _visible(person, line).exclude(phase="closed").order_by()
    counts = dict(found.values_list("phase").annotate(n=Count("id")))
    scope = f"&line={line}" if line else ""
    return [
        {
            "number": phase.number,
            "name": phase.name if phase.number == 1 else phase.short,
            "count": sum(counts.get(state, 0) for state in phase.states),
            "href": "/initiatives?" + "&".join(f"phase={s}" for s in phase.states) + scope,
        }
        for phase in EIGHT
    ]


def moved_this_week(person: Any) -> int:
    """How many initiatives changed their phase in the last seven days."""
    week = timezone.now() - timedelta(days=7)
    moved = InitiativeStep.objects.filter(taken=True, at__gte=week)
    moved = moved.exclude(from_state=F("to_state"))
    seen = moved.filter(subject__in=Initiative.objects.visible_to(person))
    return int(seen.aggregate(n=Count("subject", distinct=True))["n"])


def heat(person: Any, line: str = "") -> list[dict[str, Any]]:
    """Median working days in phase, by line and phase, with its ratio to the expected time."""
    states = [s for p in HEAT for s in p.states if s != "intake"]
    rows = (
        _visible(person, line)
        .filter(phase__in=states, line__isnull=False)
        .order_by("line__name")
        .values_list("line__name", "line__slug", "phase", "state_entered_at")
    )
    ages: dict[tuple[str, str], dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for name, slug, state, entered in rows:
        phase = phase_of(state)
        if phase:
            ages[name, slug][phase.number].append(working_days(entered, timezone.now()))
    return [
        {"name": name, "cells": [_cell(slug, p, cells.get(p.number)) for p in HEAT]}
        for (name, slug), cells in ages.items()
    ]


def _cell(slug: str, phase: Any, days: list[float] | None) -> dict[str, Any]:
    if not days:
        return {"text": "", "ratio": None}
    middle = median(days)
    expected = phase.expected
    listed = "&".join(f"phase={s}" for s in phase.states if s != "intake")
    return {
        "text": f"{middle:.0f}\u00a0d",
        "ratio": middle / expected if expected else None,
        "href": f"/initiatives?{listed}&line={slug}&sort=-age",
    }


def _visible(person: Any, line: str) -> Any:
    found = Initiative.objects.visible_to(person)
    return found.filter(line__slug=line) if line else found
