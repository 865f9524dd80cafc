"""Reads of saved views: those in the menu, the stars of the rail, what a team sees first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from initiatives.models import SavedView, ViewMark


def _marked(person: Any, **how: bool) -> Exists:
    return Exists(ViewMark.objects.filter(view=OuterRef("pk"), person=person, **how))


def views_for(person: Any, *, archived: bool = False) -> Any:
    """Views a person sees, with `starred` and `followed` as this person marked them."""
    found = SavedView.objects.visible_to(person).select_related("owner", "team")
    found = found.filter(archived_at__isnull=not archived)
    return found.annotate(
        starred=_marked(person, starred=True), followed=_marked(person, followed=True)
    )


def told_by(person: Any, told: QueryDict) -> QueryDict:
    """The parameters of an address; `view=84` alone stands for what that view keeps."""
    number = str(told.get("view", ""))
    if set(told) <= {"view", "limit", "cursor"} and number.isdecimal():
        view = view_of(person, int(number[:9]))
        return QueryDict(view.query) if view else told
    return told


def view_of(person: Any, pk: int) -> SavedView | None:
    """One view a person sees, archived or not."""
    found = SavedView.objects.visible_to(person).select_related("owner", "team")
    marked = found.annotate(
        starred=_marked(person, starred=True), followed=_marked(person, followed=True)
    )
    row: SavedView | None = marked.filter(pk=pk).first()
    return row


@dataclass(frozen=True)
class RailViews:
    """What a person starred, and what the person's team sees first."""

    starred: list[SavedView]
    first: SavedView | None


# The rail stands on every page, and its statement differs by person and teams only: putting it
# together costs more than running it.
_statements: dict[tuple[int, tuple[int, ...]], tuple[str, tuple[Any, ...]]] = {}
MOST_STATEMENTS = 256


def _statement(person: Any, teams: tuple[int, ...]) -> tuple[str, tuple[Any, ...]]:
    known = _statements.get((person.pk, teams))
    if known is None:
        first = Q(team__in=teams, team_default=True)
        mine = _marked(person, starred=True)
        rows = SavedView.objects.visible_to(person).live().filter(first | Q(mine))
        known = rows.annotate(mine=mine).order_by("name", "pk").query.sql_with_params()
        if len(_statements) >= MOST_STATEMENTS:
            _statements.clear()
        _statements[person.pk, teams] = known
    return known


def rail_views(request: Any) -> RailViews:
    """Both in one statement, read once per request; of several teams the newest view comes first."""
    known: RailViews | None = getattr(request, "rail_views", None)
    if known is None:
        person = request.user
        teams = tuple(m.team_id for m in person.current_memberships() if m.team_id)
        active = person.is_authenticated and person.is_active
        rows = SavedView.objects.raw(*_statement(person, teams)) if active else ()
        found: list[Any] = list(rows)
        defaults = [v for v in found if v.team_default and v.team_id in teams]
        known = RailViews(
            starred=[v for v in found if v.mine],
            first=max(defaults, key=lambda v: v.pk, default=None),
        )
        request.rail_views = known
    return known
