"""Pictures of one filtered set: age heat map, phase funnel with its week, groups of the list."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.batch import read
from config.calendar import working_days
from initiatives.models import InitiativeStep, KpiPromise, ScoreInput
from initiatives.phases import EIGHT, WORDS, Phase, words
from initiatives.queries.capped import MiddleMoment

NUMBER = Case(
    *(When(phase__in=p.states, then=Value(p.number)) for p in EIGHT), output_field=IntegerField()
)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class HeatCell:
    """How long the initiatives of a line stand in a phase: the middle one, and the oldest."""

    phase: Phase
    count: int
    days: float
    oldest: float
    usual: float | None = None

    @property
    def ratio(self) -> float | None:
        """The middle age against the expected time, or what was usual where none is stated."""
        expected = self.phase.expected or self.usual
        return self.days / expected if expected else None


@dataclass(frozen=True)
class HeatRow:
    """A line with a cell per phase; None where nothing stands."""

    slug: str
    name: str
    cells: list[HeatCell | None]


def heat_map(
    found: Any,
    phases: tuple[Phase, ...] = EIGHT,
    now: datetime | None = None,
    usual: dict[int, float] | None = None,
) -> list[HeatRow]:
    """Lines by phases over a filtered set; one statement, the database finds the middle.

    A request in intake has no line's clock yet and does not count.
    """
    return heat_rows(heat_cells(found, phases), phases, now, usual)


def heat_cells(found: Any, phases: tuple[Phase, ...] = EIGHT) -> Any:
    """Line, phase, how many, the moment in the middle and the oldest."""
    states = [s for p in phases for s in p.states if s != "intake"]
    return (
        found.filter(phase__in=states, line__isnull=False)
        .order_by()
        .annotate(at=NUMBER)
        .values_list("line__name", "line__slug", "at")
        .annotate(
            # Nothing beside the columns of `initiative_heat`: the index alone answers.
            n=Count("state_entered_at"),
            middle=MiddleMoment("state_entered_at"),
            old=Min("state_entered_at"),
        )
        .order_by("line__name", "at")
    )


def heat_rows(
    grouped: Iterable[tuple[Any, ...]],
    phases: tuple[Phase, ...] = EIGHT,
    now: datetime | None = None,
    usual: dict[int, float] | None = None,
) -> list[HeatRow]:
    """Those cells by line."""
    now = now or timezone.now()
    numbered = {p.number: p for p in phases}
    lines: dict[tuple[str, str], dict[int, HeatCell]] = defaultdict(dict)
    for name, slug, at, count, middle, old in grouped:
        days, oldest = working_days(middle, now), working_days(old, now)
        cell = HeatCell(numbered[at], count, days, oldest, (usual or {}).get(at))
        lines[name, slug][at] = cell
    return [
        HeatRow(slug, name, [cells.get(p.number) for p in phases])
        for (name, slug), cells in lines.items()
    ]


@dataclass(frozen=True)
class FunnelPhase:
    """A phase with what stands in it and what came and went in the last seven days."""

    phase: Phase
    count: int
    came: int
    went: int


def phase_funnel(found: Any, own: str = "pk", now: datetime | None = None) -> list[FunnelPhase]:
    """The eight phases over a filtered set; two statements. Handed in is come into the first.

    Of history rows `own` names the initiative, `now` the moment they are read at.
    """
    now = now or timezone.now()
    since = now - WEEK
    new = Count("id", filter=Q(created_at__gte=since))
    standing = found.order_by().annotate(at=NUMBER).values_list("at")
    told = list(standing.annotate(n=Count("id"), new=new).order_by())
    counts = {at: n for at, n, _new in told}
    handed_in = sum(n for _at, _n, n in told)
    moves = (
        InitiativeStep.objects.filter(taken=True, at__gte=since, at__lt=now)
        .exclude(from_state=F("to_state"))
        .filter(subject__in=found.order_by().values(own))
        .order_by()
        .values_list("from_state", "to_state")
        .annotate(n=Count("id"))
    )
    numbers = {state: p.number for p in EIGHT for state in p.states}
    came: dict[int, int] = defaultdict(int, {1: handed_in})
    went: dict[int, int] = defaultdict(int)
    for source, goal, n in moves:
        here, there = numbers.get(source, 0), numbers.get(goal, 0)
        if here != there:
            went[here] += n
            came[there] += n
    return [FunnelPhase(p, counts.get(p.number, 0), came[p.number], went[p.number]) for p in EIGHT]


@dataclass(frozen=True)
class Group:
    """One head of a grouped list. `effort` is the sum of the newest estimates in person-weeks."""

    value: str
    name: str
    count: int
    effort: float
    estimated: int
    days: float


def _kpi_of(to: str = "") -> Coalesce:
    """The first KPI an initiative promises, else the one hoped for; `to` leads to the initiative."""
    promised = KpiPromise.objects.filter(initiative=OuterRef(f"{to}pk")).order_by("pk")
    first = Subquery(promised.values("kpi")[:1])
    return Coalesce(first, f"{to}hoped_kpi", output_field=IntegerField())


@dataclass(frozen=True)
class Grouping:
    """How rows fall into groups: what is annotated, the value, its words, and the order."""

    label: Any
    value: str
    name: str
    empty: Any
    annotate: Any = None


GROUPS: dict[str, Grouping] = {
    "phase": Grouping(_("Phase"), "phase", "phase", ""),
    "line": Grouping(_("Line"), "line__slug", "line__name", _("No line yet")),
    "owner": Grouping(_("Owner"), "owner_id", "owner__name", _("Nobody yet")),
    "kpi": Grouping(_("KPI"), "group_kpi", "group_kpi", _("No KPI"), _kpi_of),
    "source": Grouping(_("Source"), "source__slug", "source__name", ""),
}


def grouped(found: Any, name: str) -> Any:
    """The same rows, one group after the other; inside a group they keep their order."""
    how = GROUPS[name]
    if how.annotate:
        found = found.annotate(group_kpi=how.annotate())
    if name == "phase":
        found = found.annotate(
            group_order=Case(*(When(phase=p, then=n) for n, p in enumerate(WORDS)))
        )
        return found.order_by("group_order", *found.query.order_by)
    return found.order_by(F(how.name).asc(nulls_last=True), how.value, *found.query.order_by)


def groups(found: Any, name: str, kpis: dict[int, str]) -> dict[str, Group]:
    """Value → head with count, effort and the age in the middle, over all rows; one statement."""
    how = GROUPS[name]
    told = found.order_by()
    if how.annotate:
        told = told.annotate(group_kpi=how.annotate())
    counted = told.values_list(how.value, how.name).annotate(
        n=Count("id"), middle=MiddleMoment("state_entered_at")
    )
    told_of, summed = read([counted.order_by(), _estimates(found, how)])
    estimates = {value: (weeks, estimated) for value, weeks, estimated in summed}
    now = timezone.now()
    heads = {}
    for value, words_of, n, middle in told_of:
        weeks, estimated = estimates.get(value, (0, 0))
        text = _group_words(name, words_of, kpis) or str(how.empty)
        days = working_days(middle, now)
        heads[str(value)] = Group(str(value), text, n, float(weeks), estimated, days)
    return heads


def _estimates(found: Any, how: Grouping) -> Any:
    """Value of a group, the sum of the newest estimates of its initiatives, and how many have one.

    Read from the estimates, since asking each initiative for its newest costs more than all others.
    """
    efforts = ScoreInput.objects.filter(factor="effort")
    later = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
    newer = efforts.filter(later, initiative=OuterRef("initiative"))
    newest = efforts.filter(~Exists(newer), initiative__in=found.order_by().values("pk"))
    if how.annotate:
        newest = newest.annotate(group_kpi=how.annotate("initiative__"))
    value = how.value if how.annotate else f"initiative__{how.value}"
    summed = newest.order_by().values_list(value)
    return summed.annotate(Sum("value"), Count("pk")).order_by()


def _group_words(name: str, told: Any, kpis: dict[int, str]) -> str:
    if told is None:
        return ""
    if name == "phase":
        return words(told)
    return kpis.get(told, "") if name == "kpi" else str(told)
