"""A person's own requests with what became of each; the same queries for any number."""

from dataclasses import dataclass
from typing import Any

from initiatives.lifecycle.initiative import THREAD
from initiatives.models import Initiative, InitiativeStep
from initiatives.phases import status, words
from initiatives.queries.receipt import DECIDED, sentence_of

OVER = ("closed", "declined", "duplicate")


@dataclass(frozen=True)
class Requested:
    """One request: where it stands, and the last decision with its reason."""

    row: Initiative
    phase_words: str
    phase_status: str
    sentence: str
    reason: str
    decided_by: str


def requested_by(person: Any, which: str = "") -> Any:
    """The initiatives a person handed in, newest first; `which` is open, over or empty for all."""
    rows = Initiative.objects.visible_to(person).filter(requester_id=person.pk)
    if which == "open":
        rows = rows.filter(phase__in=[p for p in THREAD if p not in OVER] + ["parked"])
    if which == "over":
        rows = rows.filter(phase__in=OVER)
    related = rows.select_related("source", "line", "owner", "duplicate_of")
    return related.order_by("-created_at", "-id")


def as_requested(rows: list[Initiative]) -> list[Requested]:
    """The rows with their last decisions; one query."""
    taken = InitiativeStep.objects.filter(subject__in=rows, taken=True, step__in=DECIDED)
    newest: dict[int, InitiativeStep] = {}
    for record in taken.order_by("at", "pk"):
        newest[record.subject_id] = record
    return [_shown(row, newest.get(row.pk)) for row in rows]


def _shown(row: Initiative, last: InitiativeStep | None) -> Requested:
    return Requested(
        row,
        words(row.phase),
        status(row.phase),
        sentence_of(row),
        last.note if last else "",
        last.actor_name if last else "",
    )
