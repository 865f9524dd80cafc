"""What is sealed: every history table, every record of steps, and what only ever grows.

`settings.AUDIT_RECORDS` names the models that are written once and have no history table. Columns
that their read-only trigger leaves free are not part of the seal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import GeneratedField
from pghistory.models import Event
from pgtrigger import ReadOnly

from config.flow.record import StepRecord

STEPS = {"about": "subject_id", "at": "at", "actor": "actor_id"}


@dataclass(frozen=True)
class Sealed:
    """A table whose rows are sealed. `object` and `at` are columns; `kind` is one or empty."""

    model: type[Any]
    key: str
    object: str
    at: str
    kind: str
    actor: str
    columns: tuple[str, ...]

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def is_history(self) -> bool:
        return bool(self.kind)


@cache
def sealed_tables() -> dict[str, Sealed]:
    """Every sealed table by its name, in order."""
    found = [_history(m) for m in apps.get_models() if _is_history(m)]
    found += [_record(m, STEPS) for m in apps.get_models() if issubclass(m, StepRecord)]
    found += [_record(apps.get_model(m), told) for m, told in settings.AUDIT_RECORDS.items()]
    return {one.table: one for one in sorted(found, key=lambda one: one.table)}


def tracked_by(sealed: Sealed) -> type[Any]:
    """The model a history table follows; a record is its own."""
    return sealed.model.pgh_tracked_model if sealed.is_history else sealed.model


def _is_history(model: type[Any]) -> bool:
    return issubclass(model, Event) and model._meta.managed and not model._meta.proxy


def _free(model: type[Any]) -> set[str]:
    triggers = (t for t in getattr(model._meta, "triggers", ()) if isinstance(t, ReadOnly))
    names = (name for trigger in triggers for name in trigger.exclude or ())
    return {model._meta.get_field(name).column for name in names}


def _columns(model: type[Any], without: Collection[str] = ()) -> tuple[str, ...]:
    fields = (f for f in model._meta.concrete_fields if not isinstance(f, GeneratedField))
    return tuple(f.column for f in fields if f.column not in without)


def _history(model: type[Any]) -> Sealed:
    columns = _columns(model)
    return Sealed(model, "pgh_id", "pgh_obj_id", "pgh_created_at", "pgh_label", "", columns)


def about(sealed: Sealed) -> type[Any]:
    """The model of the objects a table tells about: an RFC for its positions and steps."""
    if sealed.is_history:
        return tracked_by(sealed)
    fields = {f.column: f for f in sealed.model._meta.concrete_fields}
    return fields[sealed.object].related_model or sealed.model


def _record(model: type[Any], told: Mapping[str, Any]) -> Sealed:
    columns = _columns(model, without=_free(model))
    key = model._meta.pk.column
    return Sealed(model, key, told["about"], told["at"], "", told["actor"], columns)
