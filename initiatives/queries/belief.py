"""Reads of belief: the evidence of an initiative with strength and age, its score, its promise."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from initiatives.evidence_rules import strength, validation_lapsed
from initiatives.models import Evidence, Initiative, ScoreInput
from initiatives.scoring import FACTORS, Score, rice


@dataclass(frozen=True)
class EvidenceView:
    """One item as the page shows it."""

    item: Evidence
    strength: str
    stale: bool


@dataclass(frozen=True)
class Belief:
    """Everything the evidence of one initiative says, read in one query."""

    live: list[EvidenceView]
    archived: list[EvidenceView]
    points: Counter[str]
    strengths: Counter[str]
    lapsed: bool


def shelf_day() -> date:
    """The oldest day evidence may be from before it counts as stale."""
    return timezone.localdate() - timedelta(days=settings.STALE_EVIDENCE_DAYS)


def belief_of(initiative: Initiative) -> Belief:
    """The evidence, live items first, with its counts."""
    shelf = shelf_day()
    views = [
        EvidenceView(e, strength(e), e.collected_date < shelf)
        for e in initiative.evidence.select_related("collector")
    ]
    live = [v for v in views if v.item.archived_at is None]
    return Belief(
        live=live,
        archived=[v for v in views if v.item.archived_at is not None],
        points=Counter(v.item.points for v in live),
        strengths=Counter(v.strength for v in live),
        lapsed=validation_lapsed((v.item for v in live), shelf),
    )


@dataclass(frozen=True)
class ScoreView:
    """The score with the newest input per factor; a factor without input is None."""

    score: Score
    inputs: list[tuple[str, str, ScoreInput | None]]
    missing_words: str


def score_view(initiative: Initiative, belief: Belief) -> ScoreView:
    """The score of an initiative from its inputs and the belief already read; one query."""
    newest: dict[str, ScoreInput] = {}
    for given in initiative.score_inputs.select_related("author", "evidence").order_by("at", "pk"):
        newest[given.factor] = given
    score = rice(newest, [v.item for v in belief.live])
    labels: dict[str, Any] = dict(ScoreInput.Factor.choices)
    return ScoreView(
        score=score,
        inputs=[(f, str(labels[f]), newest.get(f)) for f in FACTORS],
        missing_words=" and ".join(score.missing),
    )
