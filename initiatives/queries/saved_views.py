"""Reads of saved views: those in the menu, the stars of the rail, what a team sees first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from config.web import nav
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


RAIL = ("pk", "name", "query", "scope", "team_id", "team_default")


def views_of_rail(request: Any) -> Any:
    """What a person starred and what the person's teams see first, to be read with the rail."""
    person = request.user
    teams = [m.team_id for m in person.current_memberships() if m.team_id]
    mine = _marked(person, starred=True)
    first = Q(team__in=teams, team_default=True)
    rows = SavedView.objects.visible_to(person).live().filter(first | Q(mine))
    return rows.annotate(mine=mine).order_by("name", "pk").values_list(*RAIL, "mine")


def rail_views(request: Any) -> RailViews:
    """Both, read with the rail's numbers; of several teams the newest view comes first."""
    rows = nav.read(request, "views")
    if not rows:
        return RailViews([], None)
    teams = {m.team_id for m in request.user.current_memberships() if m.team_id}
    found = [(SavedView(**dict(zip(RAIL, row, strict=False))), row[-1]) for row in rows]
    defaults = [view for view, _mine in found if view.team_default and view.team_id in teams]
    return RailViews(
        starred=[view for view, mine in found if mine],
        first=max(defaults, key=lambda view: view.pk, default=None),
    )
