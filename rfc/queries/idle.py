"""When something last happened to an RFC, and when it would expire."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from rfc.models import RFC, Comment, Draft, Position

LIVE = (RFC.DRAFT, RFC.IN_REVIEW)


def moved_at() -> Any:
    """The last act as an expression: revision, draft, step, position, comment, or being kept."""
    return Greatest(
        "changed_at",
        "state_entered_at",
        Coalesce("kept_at", "changed_at"),
        _newest(Draft, "updated_at"),
        _newest(Position, "at"),
        _newest(Comment, "at"),
    )


def _newest(model: Any, column: str) -> Any:
    rows = model.objects.filter(rfc=OuterRef("pk")).order_by().values("rfc")
    newest = Subquery(rows.annotate(n=Max(column)).values("n"), output_field=DateTimeField())
    return Coalesce(newest, "changed_at")


def expires_on(rfc: RFC) -> datetime | None:
    """When it expires unless somebody acts; None where nobody was warned or it moved since.

    One query where somebody was warned, none otherwise.
    """
    warned = rfc.expiry_warned_at
    if warned is None or rfc.phase not in LIVE:
        return None
    moved = RFC.objects.annotate(moved_at=moved_at()).values_list("moved_at", flat=True)
    last: datetime = moved.get(pk=rfc.pk)
    if last > warned:
        return None
    earliest: datetime = warned + timedelta(days=settings.RFC_EXPIRY_WARNING_DAYS)
    return max(earliest, last + timedelta(days=settings.RFC_EXPIRES_AFTER_DAYS))
