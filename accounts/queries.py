"""Reads of the organisation: lines with teams, the roles of a line, a person's card."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.chart import Post, edges_of, every, forest
from accounts.models import (
    LINE_ROLES,
    BusinessLine,
    Membership,
    Person,
    ReportingLine,
    Role,
    StartUp,
    Team,
)
from accounts.queries_superiors import name_superiors


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


def org_chart(kind: str, line: BusinessLine | None) -> list[Post]:
    """Who reports to whom, with the people of a line in the posts that are roles, and to whom those
    report by name. Three queries.
    """
    posts = forest(ReportingLine.objects.all(), kind)
    roles = {word.casefold(): role for role in Role for word in (str(role.label), _plain(role))}
    wanted = {roles[p.title.casefold()] for p in every(posts) if p.title.casefold() in roles}
    where = Q(line=None, team=None)
    if line is not None:
        where |= Q(line=line) | Q(team__line=line)
    rows = Membership.objects.filter(where, role__in=wanted, ended_at=None, person__is_active=True)
    held = list(rows.select_related("person", "team", "sub_team"))
    name_superiors(held, kind)
    by_role: dict[str, list[Membership]] = {}
    for membership in held:
        by_role.setdefault(membership.role, []).append(membership)
    for post in every(posts):
        post.people = by_role.get(roles.get(post.title.casefold(), ""), [])
    return posts


def _plain(role: Role) -> str:
    return role.value.replace("_", " ")


def open_posts(kind: str) -> list[ReportingLine]:
    """Rows that name nobody who answers, or nobody to report to. One query."""
    rows = list(ReportingLine.objects.all())
    told = {(e.function, e.level) for e in edges_of(rows, kind)}
    return [row for row in rows if (row.function, row.level) not in told]


def start_phases(start: StartUp) -> list[dict[str, Any]]:
    """The way of a start-up for the phase bar."""
    ways = (
        (StartUp.RESEARCHING, _("Research")),
        (StartUp.BACKFILLING, _("Filling roles")),
        (StartUp.STANDING, _("Stands on its own")),
    )
    at = next((n for n, (phase, _w) in enumerate(ways) if phase == start.phase), -1)
    last = len(ways) - 1
    return [
        {
            "number": n + 1,
            "name": words,
            "state": "done" if n < at or at == last else "now" if n == at else "todo",
        }
        for n, (_phase, words) in enumerate(ways)
    ]


def what_comes_next(start: StartUp, seats: list[Seat]) -> str:
    """One sentence: what the line waits for."""
    coming = next((seat for seat in seats if seat.state != "filled"), None)
    if start.phase == StartUp.RESEARCHING:
        return _(
            "%(who)s researches it with customers; then the chief product officer decides whether "
            "to invest."
        ) % {"who": start.product_manager}
    if start.phase == StartUp.BACKFILLING and coming:
        if coming.acting:
            told = {"role": coming.label, "who": coming.acting[0].person}
            return _("Next to be filled: %(role)s, where %(who)s acts.") % told
        return _("Next to be filled: %(role)s.") % {"role": coming.label}
    if start.phase == StartUp.BACKFILLING:
        return _("Every role is filled: the chief product officer can say that it stands.")
    if start.phase == StartUp.STANDING:
        return _("It stands on its own; this page is its record.")
    return _("It was stopped; it can go back to research, or the line is closed.")
