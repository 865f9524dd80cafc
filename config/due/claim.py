"""Claiming due rows: a short transaction that skips what others hold, on the database's clock."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, Now

from config.due.models import DueRow, DueState
from config.due.models.row import lease_end

# Rows handed out and not finished, per table: enough to keep the workers busy, few enough that
# a lease does not run out while its message still waits in the queue.
WINDOW = 40


@dataclass(frozen=True)
class Claim:
    """A row somebody may work on now: `label` of its model, its key, the lease's token."""

    label: str
    pk: Any
    token: uuid.UUID
    queue: str


def due_models() -> list[type[DueRow]]:
    """Every table of due rows."""
    return [model for model in apps.get_models() if issubclass(model, DueRow)]


def claimable(model: type[DueRow]) -> QuerySet[Any]:
    """Rows that are due now and held by nobody, or whose lease ran out."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
    return model._base_manager.filter(free, state=DueState.DUE, due_at__lte=Now())


def claim(model: type[DueRow], limit: int = WINDOW) -> list[Claim]:
    """Take up to `limit` rows, oldest first, with a fresh lease and token. Commits."""
    token = uuid.uuid4()
    with transaction.atomic():
        free = claimable(model).select_for_update(skip_locked=True).order_by("due_at", "pk")
        keys = list(free.values_list("pk", flat=True)[:limit])
        if keys:
            held = model._base_manager.filter(pk__in=keys)
            held.update(lease_token=token, lease_until=lease_end())
    return [Claim(model._meta.label, key, token, model.queue) for key in keys]


def release(claims: list[Claim]) -> None:
    """Give claims back that could not be handed on; whoever claimed them since keeps them."""
    for held in claims:
        rows = apps.get_model(held.label)._base_manager
        rows.filter(pk=held.pk, lease_token=held.token).update(lease_token=None, lease_until=None)


def room(model: type[DueRow]) -> int:
    """How many more rows of this table may be handed out."""
    held = model._base_manager.filter(state=DueState.DUE, lease_until__gte=Now())
    return max(0, WINDOW - held.count())


def next_due(model: type[DueRow]) -> timedelta | None:
    """How long until a row of this table can be claimed; negative when one already can."""
    moment = Greatest("due_at", Coalesce("lease_until", "due_at"))
    left = ExpressionWrapper(F("moment") - Now(), output_field=DurationField())
    waiting = model._base_manager.filter(state=DueState.DUE).annotate(moment=moment)
    found: timedelta | None = waiting.aggregate(left=Min(left))["left"]
    return found
