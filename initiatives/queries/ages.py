"""Ages: working days (Monday to Friday) in each phase, read from the record of steps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from config.batch import Asker
from config.calendar import working_days
from config.prepared import Prepared
from initiatives.models import Initiative, InitiativeStep
from initiatives.phases import phase_of

WINDOW = timedelta(days=90)
ENOUGH = 2
# So many of the newest stays say what is usual: of all phases, of one phase.
MOST_STAYS = 2_000
MOST_OF_ONE = 200


@dataclass(frozen=True)
class PhaseAge:
    """Working days spent in a numbered phase so far."""

    number: int
    days: float


@dataclass(frozen=True)
class Usual:
    """How long others stayed in a phase lately: median, 85th percentile, how many."""

    median: float | None
    p85: float | None
    count: int


def ask_phase_ages(initiative: Initiative) -> Asker:
    """Working days per numbered phase, from every stay in it; one query."""
    stays = _stays(initiative, (yield MOVES.of(initiative.pk)))
    spent: dict[int, float] = defaultdict(float)
    for state, start, end in stays:
        phase = phase_of(state)
        if phase is not None:
            spent[phase.number] += working_days(start, end)
    yield {number: PhaseAge(number, days) for number, days in spent.items()}


def _moves(initiative: int) -> Any:
    moved = InitiativeStep.objects.filter(subject=initiative, taken=True).order_by("at", "id")
    return moved.values_list("from_state", "to_state", "at")


MOVES = Prepared(_moves, int)


def _stays(
    initiative: Initiative, moves: Iterable[tuple[str, str, datetime]]
) -> Iterable[tuple[str, datetime, datetime]]:
    entered = initiative.created_at
    for from_state, to_state, at in moves:
        if from_state != to_state:
            yield from_state, entered, at
            entered = at
    yield initiative.phase, entered, timezone.now()


def ask_usual_stay(state: str) -> Asker:
    """Median and 85th percentile of the newest stays in a state that ended in the last 90 days."""
    left = yield LEFT.of(state)
    days = [working_days(start or created, end) for start, created, end in left]
    if len(days) < ENOUGH:
        yield Usual(days[0] if days else None, None, len(days))
    else:
        yield Usual(median(days), quantiles(days, n=20)[16], len(days))


def _left(state: str) -> Any:
    moved = InitiativeStep.objects.filter(taken=True).exclude(from_state=F("to_state"))
    before = moved.filter(subject=OuterRef("subject"), at__lt=OuterRef("at"))
    return (
        moved.filter(from_state=state, at__gte=Now() - WINDOW)
        .annotate(entered=Subquery(before.order_by("-at").values("at")[:1]))
        .order_by("-at", "-id")
        .values_list("entered", "subject__created_at", "at")[:MOST_OF_ONE]
    )


LEFT = Prepared(_left, str)


def usual_stays() -> dict[int, float]:
    """Phase number → median of the stays that ended in the last 90 days, of the newest two thousand;
    one query. Phases that fewer than two left are silent.
    """
    moved = InitiativeStep.objects.filter(taken=True).exclude(from_state=F("to_state"))
    before = moved.filter(subject=OuterRef("subject"), at__lt=OuterRef("at"))
    left = (
        moved.filter(at__gte=timezone.now() - WINDOW)
        .exclude(from_state="intake")
        .annotate(entered=Subquery(before.order_by("-at").values("at")[:1]))
        .order_by("-at", "-id")
        .values_list("from_state", "entered", "subject__created_at", "at")[:MOST_STAYS]
    )
    days: dict[int, list[float]] = defaultdict(list)
    for state, start, created, end in left:
        phase = phase_of(state)
        if phase is not None:
            days[phase.number].append(working_days(start or created, end))
    return {number: median(stays) for number, stays in days.items() if len(stays) >= ENOUGH}
