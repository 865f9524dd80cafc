"""What pages and the API ask about due rows: dead ones, and how long the oldest has waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, Min, Q, QuerySet
from django.db.models.functions import Now

from config.due.claim import due_models
from config.due.models import DueRow, DueState

MOST_PER_KIND = 100


@dataclass(frozen=True)
class DeadRow:
    """One row that gave up, in words."""

    label: str
    pk: Any
    kind: str
    subject: str
    subject_url: str
    attempts: int
    last_error: str
    since: datetime | None


@dataclass(frozen=True)
class Standing:
    """One kind of due work. `waits` is how long its oldest due row is overdue; None for nothing."""

    label: str
    kind: str
    due: int
    dead: int
    waits: timedelta | None


def dead_rows() -> list[DeadRow]:
    """Dead rows of every kind, the latest first, at most `MOST_PER_KIND` of each."""
    return [_in_words(row) for model in due_models() for row in _dead(model)[:MOST_PER_KIND]]


def standings() -> list[Standing]:
    """Every kind of due work, with one query each."""
    return sorted((_standing(model) for model in due_models()), key=lambda one: one.kind)


def find_dead(label: str, pk: Any) -> DueRow | None:
    """A dead row by its model's label (any case) and key."""
    named = {model._meta.label_lower: model for model in due_models()}
    model = named.get(label.lower())
    return model._base_manager.filter(pk=pk, state=DueState.DEAD).first() if model else None


def _dead(model: type[DueRow]) -> QuerySet[Any]:
    # describe() names the subject, so the row comes with what it points at.
    points = [f.name for f in model._meta.fields if f.many_to_one or f.one_to_one]
    found = model._base_manager.filter(state=DueState.DEAD)
    return (found.select_related(*points) if points else found).order_by("-created_at")


def _in_words(row: Any) -> DeadRow:
    return DeadRow(
        row._meta.label_lower,
        row.pk,
        str(row.kind_label),
        row.describe(),
        row.subject_url(),
        row.attempts,
        row.last_error,
        row.finished_at,
    )


def _standing(model: type[DueRow]) -> Standing:
    overdue = Q(state=DueState.DUE, due_at__lte=Now())
    found = model._base_manager.exclude(state=DueState.DONE).aggregate(
        due=Count("pk", filter=overdue),
        dead=Count("pk", filter=Q(state=DueState.DEAD)),
        waits=ExpressionWrapper(
            Now() - Min("due_at", filter=overdue), output_field=DurationField()
        ),
    )
    return Standing(model._meta.label_lower, str(model.kind_label), **found)
