"""What happened to a line: founded, renamed, closed, roles given and ended; the last can be undone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import BusinessLine, Membership, Person, Role, SubTeam, Team

MOST = 200
TABLES: dict[str, Any] = {
    "line": BusinessLine,
    "team": Team,
    "sub_team": SubTeam,
    "membership": Membership,
}
TOLD = {
    "name": gettext_lazy("name"),
    "purpose": gettext_lazy("purpose"),
    "time_zone": gettext_lazy("time zone"),
    "function": gettext_lazy("function"),
}


@dataclass(frozen=True)
class Change:
    """One change: of which table and row, by whom, in words; `undoable` when nothing came after."""

    table: str
    pk: int
    event: int
    who: Any
    when: datetime
    text: str
    note: str = ""
    undoable: bool = False


def history_of(line: BusinessLine) -> list[Change]:
    """Everything that happened to the line, its teams and its roles, newest first. Six queries."""
    teams = dict(line.teams.values_list("pk", "name"))
    here = {
        "line": Q(pgh_obj=line.pk),
        "team": Q(line_id=line.pk),
        "sub_team": Q(team_id__in=teams),
        "membership": Q(line_id=line.pk) | Q(team_id__in=teams),
    }
    found = [change for table, where in here.items() for change in _changes(table, where)]
    found.sort(key=lambda change: (change.when, change.event), reverse=True)
    return found[:MOST]


def event_model(table: str) -> Any:
    """The history of a table."""
    model = TABLES[table]
    return model._meta.apps.get_model("accounts", f"{model.__name__}Event")


def _changes(table: str, where: Q) -> Iterator[Change]:
    events = event_model(table).objects.filter(where).select_related("pgh_context")
    rows = list(events.order_by("-pgh_id")[: MOST * 2])[::-1]
    people = _people(table, rows)
    before: dict[int, Any] = {}
    newest = {row.pgh_obj_id: row.pgh_id for row in rows}
    for row in rows:
        text, note = _said(table, before.get(row.pgh_obj_id), row, people)
        before[row.pgh_obj_id] = row
        if text:
            who = people.get(_actor(row), _("Gateline"))
            yield Change(
                table, row.pgh_obj_id, row.pgh_id, who, row.pgh_created_at, text, note,
                undoable=newest[row.pgh_obj_id] == row.pgh_id and _can_go_back(table, row),
            )  # fmt: skip


def _can_go_back(table: str, row: Any) -> bool:
    """A place that was founded is closed, not unmade."""
    return table == "membership" or row.pgh_label != "insert"


def _said(table: str, old: Any, new: Any, people: dict[Any, Person]) -> tuple[str, str]:
    if table == "membership":
        return _said_of_role(old, new, people), ""
    if old is None:
        founded = {"line": _("founded the line"), "team": _("added the team %s") % new.name,
                   "sub_team": _("added the sub-team %s") % new.name}  # fmt: skip
        return (founded[table], "") if new.pgh_label == "insert" else ("", "")
    if bool(old.closed_at) != bool(new.closed_at):
        said = _("closed %s") if new.closed_at else _("opened %s again")
        return said % new.name, ""
    changed = [n for n in TOLD if getattr(old, n, None) != getattr(new, n, None)]
    if not changed:
        return "", ""
    words = ", ".join(str(TOLD[n]) for n in changed)
    note = "; ".join(f"{getattr(old, n)} → {getattr(new, n)}" for n in changed)
    return _("changed %(what)s of %(place)s") % {"what": words, "place": new.name}, note[:300]


def _said_of_role(old: Any, new: Any, people: dict[Any, Person]) -> str:
    told = {"person": people.get(new.person_id, "?"), "role": Role(new.role).label.lower()}
    if old is None:
        acting = _("gave %(person)s the role %(role)s, acting")
        return (acting if new.acting else _("gave %(person)s the role %(role)s")) % told
    if old.ended_at is None and new.ended_at is not None:
        return _("ended the role %(role)s of %(person)s") % told
    if old.ended_at is not None and new.ended_at is None:
        return _("resumed the role %(role)s of %(person)s") % told
    if old.acting and not new.acting:
        return _("made %(person)s %(role)s for good") % told
    return ""


def _actor(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else None


def _people(table: str, rows: Iterable[Any]) -> dict[Any, Person]:
    ids = {_actor(row) for row in rows} - {None}
    if table == "membership":
        ids |= {row.person_id for row in rows}
    return Person.objects.get_queryset().in_bulk(ids) if ids else {}
