"""By what the portfolio may be ordered, and how the address says it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Lower

from initiatives.phases import WORDS

# Key → what it orders by, and what stands for an unknown value ascending and descending, so that
# unknown ones come last either way. Score, deadline, title, age and change have an index that fits.
_LAST_TEXT = (Value("\uffff"), Value(""))
_LAST_DAY = (Value(date.max), Value(date.min))
_LAST_SCORE = (Value(Decimal("1e11")), Value(Decimal("-1e11")))
SORTS: dict[str, tuple[Any, Any]] = {
    "key": (F("number"), None),
    "title": (Lower("title"), None),
    "phase": (Case(*(When(phase=p, then=n) for n, p in enumerate(WORDS))), None),
    "age": (F("state_entered_at"), None),
    "created": (F("created_at"), None),
    "changed": (F("changed_at"), None),
    "deadline": (F("deadline_date"), _LAST_DAY),
    "score": (F("score"), _LAST_SCORE),
    "owner": (F("owner__name"), _LAST_TEXT),
    "line": (F("line__name"), _LAST_TEXT),
    "team": (F("team__name"), _LAST_TEXT),
    "source": (F("source__ordinal"), None),
}
# An older moment is a greater age.
TURNED = frozenset({"age"})


def in_order(rows: Any, value: str) -> Any:
    """Several keys by comma, each with a minus for descending; unknown values last."""
    order: list[str] = []
    for key in [k for k in value.split(",") if k]:
        plain = key.removeprefix("-")
        descending = key.startswith("-") != (plain in TURNED)
        rows = rows.annotate(**{f"order_{plain}": _ordering(plain, descending)})
        order.append(f"{'-' if descending else ''}order_{plain}")
    return rows.order_by(*order, "-id") if order else rows


def _ordering(key: str, descending: bool) -> Any:
    expression, last = SORTS[key]
    return Coalesce(expression, last[descending]) if last else expression
