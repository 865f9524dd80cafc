"""Reads of coordination: each line's answer, the CPO's queue."""

from dataclasses import dataclass
from typing import Any

from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeLine, Referral

BADGES = {"none": "waiting", "accepted": "ok", "conditional": "risk", "declined": "off"}


@dataclass(frozen=True)
class LineRow:
    """One touched line with its answer. `may_answer` is about the reader."""

    share: InitiativeLine
    leads: bool
    badge: str
    may_answer: bool


def line_rows(initiative: Initiative, person: Any) -> list[LineRow]:
    """The lines an initiative touches, the leading one first; one query."""
    shares = initiative.lines.select_related("line", "person", "kpi", "answered_by")
    rows = [
        LineRow(
            share,
            share.line_id == initiative.line_id,
            BADGES[share.answer],
            may.answers_for_line(person, share.line),
        )
        for share in shares
    ]
    return sorted(rows, key=lambda row: (not row.leads, row.share.pk))


def referrals_for(person: Any) -> Any:
    """Referrals a person may see, the most urgent first; open ones before answered ones."""
    return (
        Referral.objects.visible_to(person)
        .select_related("initiative__line", "coordinator", "delegate")
        .prefetch_related("initiative__lines__line")
        .order_by("phase", "due_date", "pk")
        .distinct()
    )
