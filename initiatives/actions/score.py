"""Score inputs and the stored summary of the score."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.models import Evidence, Initiative, ScoreInput
from initiatives.scoring import FORMULA_VERSION, Score, rice


@transaction.atomic
def give_score_input(  # noqa: PLR0913 - one form, one call
    *,
    initiative: Initiative,
    actor: Any,
    factor: str,
    value: Decimal,
    low: Decimal | None = None,
    high: Decimal | None = None,
    evidence: Evidence | None = None,
    note: str = "",
) -> ScoreInput:
    """Give one input with its range; the newest per factor stands. Refreshes the stored score."""
    if not may.may_score(actor, initiative):
        raise NotYours(
            "Scores come from the product manager, business leader, TPM or architect of the line."
        )
    low = value if low is None else low
    high = value if high is None else high
    if not low <= value <= high:
        raise NotAllowed("The value must lie inside its range.")
    if value < 0 or (factor == "effort" and min(low, value) <= 0):
        raise NotAllowed("Reach and impact cannot be negative, and effort must be above zero.")
    locked = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    given = ScoreInput.objects.create(
        initiative=locked,
        factor=factor,
        value=value,
        low=low,
        high=high,
        author=actor,
        evidence=evidence,
        note=note,
        formula_version=FORMULA_VERSION,
    )
    refresh_score(initiative=locked)
    return given


def score_of(initiative: Initiative) -> Score:
    """The score from the current inputs and evidence; two queries."""
    inputs: dict[str, ScoreInput] = {}
    for given in initiative.score_inputs.order_by("at", "pk"):
        inputs[given.factor] = given
    return rice(inputs, initiative.evidence.all())


def refresh_score(*, initiative: Initiative) -> None:
    """Store the summary that lists read. The caller holds the row's lock."""
    score = score_of(initiative)
    initiative.score = score.value
    initiative.score_missing = list(score.missing)
    initiative.save(update_fields=["score", "score_missing"])
