"""One field of an initiative changed by itself, and the way back: undo of an edit from its history."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from config.flow.errors import Conflict, NotAllowed
from initiatives.actions.people import SEATS, assign
from initiatives.actions.request import EDITABLE, edit_initiative
from initiatives.models import Initiative

# The name in addresses → the column.
COLUMNS = {
    "title": "title",
    "line": "line",
    "owner": "owner",
    "deadline": "deadline_date",
    "team": "team",
    "source": "source",
    "kpi": "hoped_kpi",
}
CONFLICT = "Somebody saved this while you were writing. Both values are below; nothing was lost."


@dataclass(frozen=True)
class Changed:
    """What came of it. `event` is the history row that an undo names; None when nothing changed."""

    initiative: Initiative
    event: int | None


def _events() -> Any:
    return Initiative._meta.apps.get_model("initiatives", "InitiativeEvent").objects


def plain(row: Any, column: str) -> Any:
    """A field's value; a foreign key by its id, since history rows keep ids only."""
    return getattr(row, getattr(Initiative._meta.get_field(column), "attname", column))


@transaction.atomic
def set_field(
    *,
    initiative: Initiative,
    actor: Any,
    field: str,
    value: Any,
    seen_version: int | None,
) -> Changed:
    """Set one field. A change of another field meanwhile merges; of the same one is a Conflict.

    Without `seen_version` the value is put over whatever stands there. Raises NotYours, NotAllowed.
    """
    column = COLUMNS[field]
    now = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    before = now.row_version
    if column in SEATS:
        changes = _seat_changes(now, column, value, seen_version)
        saved = (
            now if not changes else assign(initiative=now, actor=actor, seat=column, person=value)
        )
    else:
        _refuse_odd(column, value)
        told = {column: value}
        saved = edit_initiative(initiative=now, actor=actor, seen_version=seen_version, **told)
    return Changed(saved, None if saved.row_version == before else _last_event(saved))


def _refuse_odd(column: str, value: Any) -> None:
    if column == "title" and not str(value or "").strip():
        raise NotAllowed(_("A title says what it is about; write a few words."))


def _seat_changes(now: Initiative, column: str, value: Any, seen: int | None) -> bool:
    """Whether there is anything to do. Another version is no conflict while this field still holds
    what the writer saw, and what the writer left as it was stays as it is now.
    """
    wanted, theirs = getattr(value, "pk", value), plain(now, column)
    if seen in (None, now.row_version):
        return bool(wanted != theirs)
    known = _events().filter(pgh_obj=now.pk, row_version=seen).order_by("-pgh_id").first() or now
    if wanted in {plain(known, column), theirs}:
        return False
    if theirs != plain(known, column):
        raise Conflict(CONFLICT, theirs=now, mine={column: value})
    return True


def _last_event(initiative: Initiative) -> int | None:
    found = _events().filter(pgh_obj=initiative.pk).order_by("-pgh_id").values_list("pgh_id")
    row = found.first()
    return row[0] if row else None


@dataclass(frozen=True)
class Edit:
    """What one history row changed: column → (before, after), as the history keeps them."""

    changes: dict[str, tuple[Any, Any]]


def edit_of(initiative: Initiative, event: int) -> Edit | None:
    """The change a history row tells of; None when it is no row of this initiative."""
    rows = _events().filter(pgh_obj=initiative.pk)
    after = rows.filter(pgh_id=event).first()
    if after is None:
        return None
    before = rows.filter(pgh_id__lt=event).order_by("-pgh_id").first()
    if before is None:
        return Edit({})
    columns = (*(c for c in EDITABLE if c != "source_fields"), *SEATS)
    values = {c: (plain(before, c), plain(after, c)) for c in columns}
    return Edit({c: pair for c, pair in values.items() if pair[0] != pair[1]})


@transaction.atomic
def revert_edit(*, initiative: Initiative, actor: Any, event: int) -> Changed:
    """Put back what an edit changed, where nobody changed it again.

    Raises Conflict where somebody did, NotAllowed when the row tells of no edit: a step is not
    undone but sent back.
    """
    now = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    edit = edit_of(now, event)
    if edit is None or not edit.changes:
        raise NotAllowed(_("There is no edit here to undo; a step is sent back instead."))
    changed = {c: b for c, (b, a) in edit.changes.items() if plain(now, c) != a != b}
    clash = {c: b for c, b in changed.items() if plain(now, c) != b}
    if clash:
        mine = {c: _row_of(c, b) for c, b in clash.items()}
        raise Conflict(
            _("Somebody changed this again since; undoing would take that away. Nothing was done."),
            theirs=now,
            mine=mine,
        )
    back = {c: _row_of(c, b) for c, (b, a) in edit.changes.items() if plain(now, c) == a}
    saved = now
    for seat in [c for c in back if c in SEATS]:
        saved = assign(initiative=saved, actor=actor, seat=seat, person=back.pop(seat))
    if back:
        saved = edit_initiative(initiative=saved, actor=actor, seen_version=None, **back)
    return Changed(saved, _last_event(saved) if saved.row_version != now.row_version else None)


def _row_of(column: str, value: Any) -> Any:
    """The row an id of the history stands for; other values as they are."""
    related = getattr(Initiative._meta.get_field(column), "related_model", None)
    if related is None or value is None:
        return value
    found = related._default_manager.filter(pk=value).first()
    if found is None:
        raise NotAllowed(_("What stood there before does not exist any more."))
    return found
