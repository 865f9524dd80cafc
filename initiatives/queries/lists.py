"""Rows of lists, boards and the triage queue: plain values, the same number of queries for any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from initiatives.lifecycle.initiative import INTAKE, THREAD
from initiatives.models import Initiative
from initiatives.phases import phase_of, status, words
from initiatives.queries.ages import working_days

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
    "further",
)
BOARD = THREAD[:-1]


@dataclass(frozen=True)
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
    further: int

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

    @property
    def days(self) -> float:
        return working_days(self.entered_at, timezone.now())

    @property
    def late(self) -> bool:
        """Past its deadline, or longer in its phase than expected."""
        phase = phase_of(self.phase)
        over = bool(phase and phase.expected and self.days > phase.expected)
        return over or bool(self.deadline and self.deadline < timezone.localdate())


def rows(found: Any) -> Any:
    """A queryset of initiatives as a queryset of value tuples; pages slice it before reading."""
    counted = found.annotate(
        line_name=Coalesce("line__name", Value("")),
        owner_name=Coalesce("owner__name", Value("")),
        further=Count("lines", distinct=True),
    )
    return counted.values_list(*COLUMNS)


def as_rows(values: Iterable[tuple[Any, ...]]) -> list[Row]:
    """Value tuples as rows."""
    return [Row(*one) for one in values]


def listed(person: Any) -> Any:
    """Initiatives a person may see, newest first, ready for the filters."""
    return Initiative.objects.visible_to(person).order_by("-created_at", "-id")


@dataclass(frozen=True)
class Column:
    """One column of the board: a phase, its first rows and how many there are in all."""

    phase: str
    name: str
    rows: list[Row]
    count: int


def board(found: Any, most: int = 20) -> list[Column]:
    """The board: live phases in order, at most `most` rows each, whole counts; two queries."""
    counts = dict(found.order_by().values_list("phase").annotate(n=Count("id", distinct=True)))
    by_phase: dict[str, list[Row]] = {phase: [] for phase in BOARD}
    for row in as_rows(rows(found.filter(phase__in=BOARD))):
        if len(by_phase[row.phase]) < most:
            by_phase[row.phase].append(row)
    return [Column(p, words(p), by_phase[p], counts.get(p, 0)) for p in BOARD]


def triage_queue(person: Any) -> Any:
    """Requests in intake that are not asleep: a deadline first, then the longest waiting."""
    today = timezone.localdate()
    return (
        Initiative.objects.visible_to(person)
        .filter(phase=INTAKE)
        .exclude(snoozed_until__gt=today)
        .order_by("deadline_date", "created_at", "id")
    )
