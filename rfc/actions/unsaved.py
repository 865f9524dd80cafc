"""Autosave: what somebody types is kept privately until they save it. Never a revision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from rfc.actions.writing import TEXTS, may_write
from rfc.models import RFC, Draft, UnsavedText

KEPT_DAYS = 30


@dataclass(frozen=True)
class Kept:
    """What became of an autosave. `at` is None when there was nothing beside the draft to keep."""

    at: datetime | None
    draft: Draft


@transaction.atomic
def keep_unsaved(
    *,
    rfc: RFC,
    actor: Any,
    window: UUID,
    base_version: int,
    instead_of: UUID | None = None,
    **texts: str,
) -> Kept:
    """Keep what a window holds; a text equal to the shared draft needs no keeping.

    `instead_of` is a window whose kept text was taken over into this one; its row is done with.
    NotYours for people who do not write this RFC.
    """
    may_write(rfc, actor)
    draft = Draft.objects.select_related("updated_by").get(rfc=rfc)
    told = {name: texts.get(name, "").replace("\r\n", "\n") for name in TEXTS}
    told["title"] = told["title"][:255]
    row = None
    if any(getattr(draft, name) != text for name, text in told.items()):
        row, _made = UnsavedText.objects.update_or_create(
            rfc=rfc,
            person=actor,
            window=window,
            defaults={**told, "base_version": base_version, "kept_at": Now()},
        )
        row.refresh_from_db(fields=["kept_at"])
    else:
        drop_unsaved(rfc=rfc, actor=actor, windows=[window])
    if instead_of is not None and instead_of != window:
        drop_unsaved(rfc=rfc, actor=actor, windows=[instead_of])
    return Kept(row.kept_at if row else None, draft)


def drop_unsaved(*, rfc: RFC, actor: Any, windows: Iterable[Any]) -> int:
    """Remove what these windows of the person kept; how many there were."""
    found = UnsavedText.objects.filter(rfc=rfc, person=actor, window__in=list(windows))
    return found.delete()[0]


def forget_old_unsaved() -> int:
    """Remove what nobody came back for in thirty days."""
    old = Now() - timedelta(days=KEPT_DAYS)
    return UnsavedText.objects.filter(kept_at__lt=old).delete()[0]
