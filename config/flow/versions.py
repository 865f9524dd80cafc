"""Rows that people edit carry a version; a stale write is a conflict that keeps both texts."""

from typing import Any, TypeVar

from django.db import models

from config.flow.errors import Conflict

Row = TypeVar("Row", bound="VersionedModel")


class VersionedModel(models.Model):
    """A row with `row_version`, raised by every `write`."""

    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def write(row: Row, *, seen_version: int | None, **changes: Any) -> Row:
    """Lock the row, refuse a stale version, set the changed fields and save.

    Must run in a transaction. `seen_version` None skips the comparison (system writes).
    Fields changed by nobody else merge: a stale version is a conflict only where a changed
    field no longer holds the value it had for the writer - the caller passes that knowledge by
    `seen_version` alone, so any difference is reported and nothing is overwritten silently.
    Raises Conflict with `theirs` (the current row) and `mine` (the changes).
    """
    locked = type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
    differs = any(getattr(locked, name) != value for name, value in changes.items())
    if not differs:
        return locked
    if seen_version is not None and locked.row_version != seen_version:
        raise Conflict(
            "Somebody saved this while you were writing. Both texts are below; nothing was lost.",
            theirs=locked,
            mine=changes,
        )
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.row_version += 1
    locked.save(update_fields=[*changes, "row_version"])
    return locked
