"""Rows of lists, boards and the triage queue: plain values, the same number of queries for any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import lines_of
from config.calendar import working_days
from initiatives.lifecycle.initiative import INTAKE, THREAD
from initiatives.models import Evidence, Initiative, InitiativeLine, KpiPromise
from initiatives.phases import phase_of, status, words
from initiatives.queries.belief import shelf_day
from initiatives.queries.capped import capped, page_of

PAGE = 50
COLUMNS = (
    "id",
    "number",
    "title",
    "phase",
    "source__name",
    "source__icon",
    "line_name",
    "owner_id",
    "owner_name",
    "requester__name",
    "affected",
    "deadline_date",
    "snoozed_until",
    "score",
    "score_missing",
    "state_entered_at",
    "created_at",
    "row_version",
    "flow_version",
    "team_name",
    "line_id",
    "requester_id",
    "changed_at",
)
BOARD = THREAD[:-1]
# What a list of a past day says of a row that is otherwise today.
COMPARED = (
    ("title", _("title")),
    ("phase", _("phase")),
    ("line", _("line")),
    ("owner", _("owner")),
    ("deadline", _("deadline")),
    ("score", _("score")),
    ("source", _("source")),
    ("team", _("team")),
)


@dataclass
class Row:
    """One initiative in a list; `days` are working days in its state, score None is incomplete."""

    id: int
    number: int
    title: str
    phase: str
    source: str
    icon: str
    line: str
    owner_id: int | None
    owner: str
    requester: str
    affected: str
    deadline: date | None
    snoozed_until: date | None
    score: Decimal | None
    score_missing: list[str]
    entered_at: datetime
    created_at: datetime
    row_version: int
    flow_version: int
    team: str
    line_id: int | None
    requester_id: int
    changed_at: datetime
    group: Any = None
    since: datetime | None = None
    further: int = 0
    days: float = 0.0
    late: bool = False
    kpis: list[str] = field(default_factory=list)
    evidence: tuple[int, bool] | None = None
    differs: list[str] = field(default_factory=list)

    @property
    def new(self) -> bool:
        """Changed since the person looked last."""
        return self.since is not None and self.changed_at > self.since

    @property
    def key(self) -> str:
        return f"INI-{self.number}"

    @property
    def href(self) -> str:
        return f"/initiatives/{self.key}"

    @property
    def others(self) -> int:
        """How many lines it touches besides the lead line."""
        return max(self.further - 1, 0)

    @property
    def phase_words(self) -> str:
        return words(self.phase)

    @property
    def phase_status(self) -> str:
        return status(self.phase)


def rows(found: Any, **more: Any) -> Any:
    """A queryset of initiatives as a queryset of value tuples; pages slice it before reading.

    `more` names what stands behind the columns, in this order.
    """
    named = found.annotate(
        line_name=Coalesce("line__name", Value("")),
        owner_name=Coalesce("owner__name", Value("")),
        team_name=Coalesce("team__name", Value("")),
        **more,
    )
    return named.values_list(*COLUMNS, *more)


def as_rows(
    values: Iterable[tuple[Any, ...]], *, further: bool = True, now: datetime | None = None
) -> list[Row]:
    """Value tuples as rows with their age, and how many lines each touches (one query for all)."""
    made = [Row(*one) for one in values]
    now = now or timezone.now()
    today = timezone.localdate(now)
    expected = {phase: found.expected for phase in BOARD if (found := phase_of(phase))}
    for row in made:
        row.days = working_days(row.entered_at, now)
        usual = expected.get(row.phase)
        over = bool(usual and row.days > usual)
        row.late = over or bool(row.deadline and row.deadline < today)
    if further and made:
        _count_lines(made)
    return made


def _count_lines(made: list[Row]) -> None:
    touched = InitiativeLine.objects.filter(initiative__in=[r.id for r in made])
    counts = dict(touched.order_by().values_list("initiative").annotate(n=Count("id")))
    for row in made:
        row.further = counts.get(row.id, 0)


def with_kpis(made: list[Row]) -> None:
    """The keys of the KPIs each promises to move; one query for all."""
    ids = {row.id: row for row in made}
    promised = KpiPromise.objects.filter(initiative__in=ids).order_by("pk")
    for pk, number in promised.values_list("initiative", "kpi__number"):
        ids[pk].kpis.append(f"KPI-{number}")


def with_evidence(made: list[Row]) -> None:
    """How much live evidence each has and whether all of it lapsed; one query for all."""
    ids = {row.id: row for row in made}
    live: dict[int, list[date]] = {}
    items = Evidence.objects.filter(initiative__in=ids, archived_at=None).order_by()
    for pk, day in items.values_list("initiative", "collected_date"):
        live.setdefault(pk, []).append(day)
    shelf = shelf_day()
    for pk, days in live.items():
        ids[pk].evidence = (len(days), all(day < shelf for day in days))


def with_today(made: list[Row]) -> None:
    """What of each row of a past day is otherwise today, in words; one query for all."""
    today = rows(Initiative.objects.filter(pk__in=[row.id for row in made]))
    now = {row.id: row for row in as_rows(today, further=False)}
    for row in made:
        if row.id in now:
            row.differs = [
                str(said)
                for name, said in COMPARED
                if getattr(row, name) != getattr(now[row.id], name)
            ]


def listed(person: Any) -> Any:
    """Initiatives a person may see, newest first, ready for the filters."""
    return Initiative.objects.visible_to(person).order_by("-created_at", "-id")


def one_page(
    found: Any, number: int, per_page: int = PAGE, *, keys_first: bool = False, **more: Any
) -> Page[Any]:
    """One page of value tuples with the capped count, in one statement; see `page_of`."""

    def values(those: Any, **total: Any) -> Any:
        return rows(those, **more, **total)

    return page_of(found, number, per_page, values, keys_first=keys_first)


@dataclass(frozen=True)
class BoardColumn:
    """One column of the board: a phase, its first rows and how many there are in all (capped)."""

    phase: str
    name: str
    rows: list[Row]
    count: int


def board(
    found: Any,
    phases: Iterable[str] = BOARD,
    most: int = 20,
    now: datetime | None = None,
) -> list[BoardColumn]:
    """Phases in order with their first rows and capped counts; two queries whatever there is."""
    shown = list(phases)
    read = first_of_each(found, [(phase,) for phase in shown], most, now)
    return [
        BoardColumn(phase, words(phase), made, total)
        for phase, (made, total) in zip(shown, read, strict=True)
    ]


def first_of_each(
    found: Any, columns: Sequence[tuple[str, ...]], most: int, now: datetime | None = None
) -> list[tuple[list[Row], int]]:
    """The first rows of each column of phases, and how many it has (capped).

    First which they are, from the index alone; then those few once with everything they show.
    """
    parts = []
    for at, phases in enumerate(columns):
        there = found.filter(phase__in=phases)
        told = there.annotate(at=Value(at, IntegerField()), total=capped(there))
        parts.append(told.values_list("pk", "at", "total")[:most])
    first = list(parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0])
    known = found.filter(pk__in=[pk for pk, _at, _total in first])
    values = {one[-1]: one[:-1] for one in rows(known.order_by(), own=F("pk"))}
    made = as_rows((values[pk] for pk, _at, _total in first), further=False, now=now)
    read: list[tuple[list[Row], int]] = [([], 0) for _ in columns]
    for row, (_pk, at, total) in zip(made, first, strict=True):
        read[at] = ([*read[at][0], row], total)
    return read


# A deadline first, then the longest waiting.
TRIAGE = ("deadline_date", "created_at", "id")


def triaged_lines(person: Any) -> set[int] | None:
    """The lines whose requests a product manager decides on, beside those of no line; None for
    whoever decides on all of them, or on none.
    """
    held = [m.in_line_id for m in person.current_memberships() if m.role == Role.PRODUCT_MANAGER]
    return lines_of(person, Role.PRODUCT_MANAGER) if held and None not in held else None


def own_triage(person: Any) -> Q | None:
    """The same as a condition on requests."""
    lines = triaged_lines(person)
    return None if lines is None else Q(line__in=lines) | Q(line=None)


def own_first(queue: Any, own: Q | None) -> Any:
    """The queue with what a person decides on before what others do."""
    if own is None:
        return queue
    elsewhere = Case(When(own, then=Value(0)), default=Value(1))
    return queue.annotate(elsewhere=elsewhere).order_by("elsewhere", *TRIAGE)


def triage_queue(person: Any) -> Any:
    """Requests in intake that are not asleep: a deadline first, then the longest waiting."""
    today = timezone.localdate()
    return (
        Initiative.objects.visible_to(person)
        .filter(phase=INTAKE)
        .exclude(snoozed_until__gt=today)
        .order_by(*TRIAGE)
    )
