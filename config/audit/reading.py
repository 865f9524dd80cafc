"""The trail in words: who changed what, and how a row read before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from config.audit.filters import KINDS, words
from config.audit.models import Entry
from config.audit.tables import Sealed, about, sealed_tables, tracked_by

# Columns of the history itself, not of what it tells about.
OWN = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")


@dataclass(frozen=True)
class Line:
    """One entry as a person reads it."""

    entry: Entry
    who: str
    kind: str
    what: str
    name: str
    href: str


@dataclass(frozen=True)
class Change:
    """One column before and after; None before there was a value, or after there is none."""

    column: str
    before: Any
    after: Any

    @property
    def differs(self) -> bool:
        return bool(self.before != self.after)


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Entries with names of people and things: one query for people, one for each kind of thing."""
    entries = list(entries)
    people = names_of({e.actor_id for e in entries if e.actor_id})
    things = _things(entries)
    kinds = dict(KINDS)
    return [
        Line(
            entry,
            people.get(entry.actor_id, _("Gateline") if entry.actor_id is None else _("somebody")),
            str(kinds.get(entry.kind, entry.kind)),
            words(tracked_by(_sealed(entry))),
            *_named(entry, things.get((entry.shape.table, entry.object_id))),
        )
        for entry in entries
    ]


def names_of(ids: set[int]) -> dict[int | None, str]:
    """Names by id; one query."""
    found = get_user_model()._default_manager.filter(pk__in=ids)
    return dict(found.values_list("pk", "name"))


def changes(entry: Entry) -> list[Change]:
    """Every column of the row; for a history row beside what the object was before."""
    sealed = _sealed(entry)
    row = sealed.model._base_manager.filter(**{sealed.key: entry.row_id}).values().first() or {}
    before = _before(sealed, entry) if sealed.is_history else {}
    names = [c for c in row if c in sealed.columns and c not in OWN]
    if entry.kind == "delete":
        return [Change(name, row[name], None) for name in names]
    return [Change(name, before.get(name), row[name]) for name in names]


def address_of(entry: Entry) -> str:
    """The address of the request that made the change, where it came by one."""
    row = _sealed(entry).model._base_manager.filter(pk=entry.row_id).first()
    context = getattr(row, "pgh_context", None)
    return str((context.metadata or {}).get("url", "")) if context else ""


def _before(sealed: Sealed, entry: Entry) -> dict[str, Any]:
    earlier = sealed.model._base_manager.filter(
        pgh_obj_id=entry.object_id, pgh_id__lt=int(entry.row_id)
    )
    return earlier.order_by("-pgh_id").values().first() or {}


def _sealed(entry: Entry) -> Sealed:
    return sealed_tables()[entry.shape.table]


def _things(entries: list[Entry]) -> dict[tuple[str, str], Any]:
    """The objects that have keys, by table and id."""
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if hasattr(about(_sealed(entry)), "key"):
            wanted.setdefault(entry.shape.table, set()).add(entry.object_id)
    found = {}
    for table, ids in wanted.items():
        rows = about(sealed_tables()[table])._base_manager.in_bulk(ids)
        found.update({(table, str(pk)): row for pk, row in rows.items()})
    return found


def _named(entry: Entry, thing: Any) -> tuple[str, str]:
    if thing is None:
        return entry.object_id, ""
    return str(thing.key), thing.get_absolute_url()
