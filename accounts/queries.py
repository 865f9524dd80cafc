"""Reads of the organisation: lines with teams, the roles of a line, a person's card."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import (
    LINE_ROLES,
    BusinessLine,
    Membership,
    Person,
    ReportingLine,
    Role,
    Team,
)


@dataclass(frozen=True)
class Seat:
    """One role of a line: who holds it, whether acting, or open."""

    role: str
    label: str
    filled: list[Membership] = field(default_factory=list)
    acting: list[Membership] = field(default_factory=list)
    next: bool = False

    @property
    def state(self) -> str:
        """One of filled, acting and open."""
        return "filled" if self.filled else "acting" if self.acting else "open"


def lines_for(person: Any) -> QuerySet[BusinessLine]:
    """Lines with their teams and how many people work there. Two queries when read."""
    current = Q(memberships__ended_at=None, memberships__person__is_active=True)
    teams = Team.objects.annotate(
        people=Count("memberships__person", filter=current, distinct=True)
    ).order_by("name")
    found: QuerySet[BusinessLine] = BusinessLine.objects.visible_to(person).prefetch_related(
        Prefetch("teams", queryset=teams)
    )
    return found


def memberships_in(line: BusinessLine) -> list[Membership]:
    """Everybody who holds a role in the line or one of its teams now. One query."""
    held = Membership.objects.filter(
        Q(line=line) | Q(team__line=line), ended_at=None, person__is_active=True
    ).select_related("person", "team", "sub_team")
    return list(held.order_by("role", "person__name"))


def seats(line: BusinessLine, held: list[Membership]) -> list[Seat]:
    """The roles of a line in its order of backfilling, with the roles beyond it at the end. In a
    start-up line the first one that is not filled comes next.
    """
    order = list(dict.fromkeys([*line.backfill_order, *LINE_ROLES]))
    beyond = [m.role for m in held if m.role not in order]
    roles = [*order, *dict.fromkeys(beyond)]
    found = [
        Seat(
            role=role,
            label=str(Role(role).label),
            filled=[m for m in held if m.role == role and not m.acting],
            acting=[m for m in held if m.role == role and m.acting],
        )
        for role in roles
    ]
    coming = next((s.role for s in found if not s.filled), "") if line.start_up else ""
    return [Seat(s.role, s.label, s.filled, s.acting, next=s.role == coming) for s in found]


def team_for(person: Any, line_slug: str, slug: str) -> QuerySet[Team]:
    """The team of the address."""
    found: QuerySet[Team] = Team.objects.visible_to(person).select_related("line")
    return found.filter(slug=slug, line__slug=line_slug)


def people_of(team: Team) -> list[Membership]:
    """Everybody in a team now, leader first. One query."""
    held = team.memberships.filter(ended_at=None, person__is_active=True)
    rows = list(held.select_related("person", "sub_team").order_by("role", "person__name"))
    return sorted(rows, key=lambda m: m.role != Role.PRODUCT_MANAGER)


def people_for(person: Any) -> QuerySet[Person]:
    """People with the roles they hold now. Two queries when read."""
    current = Membership.objects.filter(ended_at=None).select_related("line", "team__line")
    return Person.objects.visible_to(person).prefetch_related(
        Prefetch("memberships", queryset=current, to_attr="held")
    )


def reporting_table() -> list[dict[str, Any]]:
    """Rows of the reporting lines: a function and its three levels. One query."""
    found: dict[str, dict[str, Any]] = {}
    for row in ReportingLine.objects.all():
        entry = found.setdefault(row.function, {"function": row.function, "levels": {}})
        entry["levels"][row.level] = row
    return list(found.values())
