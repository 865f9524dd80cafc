"""How reviews go, per team and per function, never per person.

Waits count working time by `config.calendar`, as phases do: 24 hours of each working day.
A share that fewer than REVIEW_HEALTH_LEAST_PEOPLE different people stand behind is not told.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet
from django.db.models import DateTimeField as Moment
from django.utils import timezone

from accounts.models import Role
from config.calendar import working_days
from rfc.models import RFC, Position, Reading, RequiredFunction, RFCStep
from rfc.queries.idle import moved_at
from rfc.standing import APPROVALS, standings

QUICK = timedelta(minutes=1)
MOVING = (RFC.IN_REVIEW, RFC.ACCEPTED)
NO_TEAM = 0


@dataclass(frozen=True)
class Asked:
    """What the page was asked: the last days, the silence that makes a zombie, team and line."""

    days: int = 90
    idle: int = 30
    team: str = ""
    line: str = ""


@dataclass
class TeamRow:
    """One team. `quick_share` and `all_approve` are None where too few people stand behind them."""

    slug: str
    name: str
    first_answers: int = 0
    approvals: int = 0
    quick: int = 0
    unopened: int = 0
    people: int = 0
    in_review: int = 0
    zombies: int = 0
    stale: int = 0

    @property
    def told(self) -> bool:
        """Whether enough people stand behind its shares."""
        return self.people >= settings.REVIEW_HEALTH_LEAST_PEOPLE

    @property
    def quick_share(self) -> float | None:
        """Share of approvals given in under a minute after the text was opened."""
        opened = self.approvals - self.unopened
        return self.quick / opened if self.told and opened else None

    @property
    def all_approve(self) -> bool | None:
        """Whether every first answer was an approval; None where nobody may say."""
        if not self.told or not self.first_answers:
            return None
        return self.approvals == self.first_answers


@dataclass(frozen=True)
class FunctionRow:
    """How long one function lets a decision wait: the median of its answers, and what is open."""

    function: str
    label: str
    answered: int
    median_hours: float | None
    open: int
    oldest_hours: float | None


@dataclass(frozen=True)
class Zombie:
    """An RFC in review or accepted that nothing moved for long."""

    rfc: RFC
    moved_at: datetime


@dataclass(frozen=True)
class ReviewHealth:
    """Everything the page and the API tell."""

    asked: Asked
    teams: list[TeamRow]
    functions: list[FunctionRow]
    zombies: list[Zombie]

    @property
    def totals(self) -> dict[str, int]:
        """Sums over all teams shown."""
        names = ("first_answers", "approvals", "quick", "zombies", "stale", "in_review")
        return {name: sum(getattr(team, name) for team in self.teams) for name in names}

    @property
    def unanimous(self) -> list[TeamRow]:
        """Teams whose RFCs got nothing but approvals."""
        return [team for team in self.teams if team.all_approve]


def review_health(person: Any, asked: Asked, now: datetime | None = None) -> ReviewHealth:
    """The figures for what this person may see. A constant number of queries."""
    now = now or timezone.now()
    rfcs = _rfcs(person, asked)
    teams: dict[int, TeamRow] = {}
    _count_answers(teams, rfcs, now - timedelta(days=asked.days))
    zombies = _count_moving(teams, rfcs, now - timedelta(days=asked.idle))
    ordered = sorted(teams.values(), key=lambda row: row.name.casefold())
    return ReviewHealth(asked, ordered, _functions(rfcs, asked, now), zombies)


def _rfcs(person: Any, asked: Asked) -> QuerySet[RFC]:
    found: QuerySet[RFC] = RFC.objects.visible_to(person).order_by()
    if asked.team:
        found = found.filter(owning_team__slug=asked.team)
    if asked.line:
        found = found.filter(line__slug=asked.line)
    return found


def _row(teams: dict[int, TeamRow], pk: int | None, slug: str | None, name: str | None) -> TeamRow:
    known = pk or NO_TEAM
    if known not in teams:
        teams[known] = TeamRow(slug or "", name or "")
    return teams[known]


def _count_answers(teams: dict[int, TeamRow], rfcs: QuerySet[RFC], since: datetime) -> None:
    """First answers of each person and function; a re-affirmation of a small change is none."""
    earlier = Position.objects.filter(
        rfc=OuterRef("rfc"),
        person=OuterRef("person"),
        function=OuterRef("function"),
        id__lt=OuterRef("id"),
    )
    opened = Reading.objects.filter(person=OuterRef("person"), revision=OuterRef("revision"))
    soon = ExpressionWrapper(OuterRef("at") - QUICK, output_field=Moment())
    approves = Q(stance__in=APPROVALS)
    rows = (
        Position.objects.filter(rfc__in=rfcs.values("pk"), at__gte=since)
        .filter(~Exists(earlier))
        .order_by()
        .annotate(
            opened=Exists(opened.filter(opened_at__lte=OuterRef("at"))),
            quickly=Exists(opened.filter(opened_at__lte=OuterRef("at"), opened_at__gt=soon)),
        )
        .values("rfc__owning_team", "rfc__owning_team__slug", "rfc__owning_team__name")
        .annotate(
            answers=Count("id"),
            people=Count("person", distinct=True),
            approvals=Count("id", filter=approves),
            quick=Count("id", filter=approves & Q(quickly=True)),
            unopened=Count("id", filter=approves & Q(opened=False)),
        )
    )
    for row in rows:
        team = _row(
            teams,
            row["rfc__owning_team"],
            row["rfc__owning_team__slug"],
            row["rfc__owning_team__name"],
        )
        team.first_answers, team.people = row["answers"], row["people"]
        team.approvals, team.quick = row["approvals"], row["quick"]
        team.unopened = row["unopened"]


def _count_moving(teams: dict[int, TeamRow], rfcs: QuerySet[RFC], before: datetime) -> list[Zombie]:
    moving = list(
        rfcs.filter(phase__in=MOVING)
        .annotate(moved=moved_at())
        .select_related("owning_team", "line", "author")
        .defer("decision_asked", "summary_problem")
    )
    stands = standings([rfc for rfc in moving if rfc.phase == RFC.IN_REVIEW])
    zombies = []
    for rfc in moving:
        owner = rfc.owning_team
        team = _row(
            teams, rfc.owning_team_id, owner.slug if owner else "", owner.name if owner else ""
        )
        team.in_review += rfc.phase == RFC.IN_REVIEW
        team.stale += sum(each.state == "stale" for each in stands.get(rfc.pk, []))
        moved: datetime = rfc.moved
        if moved < before:
            team.zombies += 1
            zombies.append(Zombie(rfc, moved))
    return sorted(zombies, key=lambda z: z.moved_at)


def _functions(rfcs: QuerySet[RFC], asked: Asked, now: datetime) -> list[FunctionRow]:
    """From each asked decision to the first answer of the function after it, in working hours."""
    asks = RFCStep.objects.filter(
        subject__in=rfcs.values("pk"),
        step="ask-for-decision",
        taken=True,
        at__gte=now - timedelta(days=asked.days),
    )
    answered = (
        asks.filter(
            subject__positions__at__gte=F("at"),
            subject__positions__function=F("subject__required_functions__function"),
        )
        .order_by()
        .values("id", "at", "subject__required_functions__function")
        .annotate(first=Min("subject__positions__at"))
    )
    hours: dict[str, list[float]] = defaultdict(list)
    for row in answered:
        waited = _hours(row["at"], row["first"])
        hours[row["subject__required_functions__function"]].append(waited)
    open_since = _open(rfcs)
    found = [
        FunctionRow(
            function=str(role),
            label=str(role.label),
            answered=len(hours[str(role)]),
            median_hours=median(hours[str(role)]) if hours[str(role)] else None,
            open=len(open_since[str(role)]),
            oldest_hours=max((_hours(at, now) for at in open_since[str(role)]), default=None),
        )
        for role in Role
        if hours[str(role)] or open_since[str(role)]
    ]
    return sorted(found, key=lambda row: (-(row.median_hours or 0), row.label))


def _open(rfcs: QuerySet[RFC]) -> dict[str, list[datetime]]:
    """When decisions were asked on which a function has never answered since."""
    said = Position.objects.filter(
        rfc=OuterRef("rfc"),
        function=OuterRef("function"),
        at__gte=OuterRef("rfc__review_opened_at"),
    )
    rows = RequiredFunction.objects.filter(
        ~Exists(said),
        rfc__in=rfcs.values("pk"),
        rfc__phase=RFC.IN_REVIEW,
        rfc__review_opened_at__isnull=False,
    )
    found: dict[str, list[datetime]] = defaultdict(list)
    for function, since in rows.values_list("function", "rfc__review_opened_at"):
        if since is not None:
            found[function].append(since)
    return found


def _hours(since: datetime, until: datetime) -> float:
    """Working hours between two moments."""
    return working_days(since, until) * 24
