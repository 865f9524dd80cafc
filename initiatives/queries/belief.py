"""Reads of belief: the evidence of an initiative with strength and age, its score, its promise."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.evidence_rules import strength, validation_lapsed
from initiatives.models import Evidence, FrameworkVersion, Initiative, ScoreInput
from initiatives.queries.scoring import Basis, basis_of, input_strength, inputs_of, version_for
from initiatives.scoring import InputSpec
from kpis.models import Target
from kpis.progress import progress

GAP = "gap_share"


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
        for e in initiative.evidence.select_related("collector", "note").prefetch_related(
            "attachments"
        )
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
class InputView:
    """One input as the page shows it; `given` is None while nobody gave it."""

    spec: InputSpec
    given: ScoreInput | None
    strength: str


@dataclass(frozen=True)
class ScoreView:
    """The score with the newest input per factor. `newer` is a version published since."""

    basis: Basis
    inputs: list[InputView]
    newer: FrameworkVersion | None
    bar: dict[str, float] | None
    hint: str

    @property
    def score(self) -> Any:
        return self.basis.score


def score_view(initiative: Initiative, belief: Belief) -> ScoreView:
    """The score of an initiative from its inputs and the belief already read."""
    current = version_for(initiative.line_id)
    version = initiative.score_version or current
    newest = inputs_of([initiative.pk])[initiative.pk]
    basis = basis_of(version, newest, [v.item for v in belief.live])
    inputs = [
        InputView(spec, newest.get(spec.name), _strength(newest.get(spec.name)))
        for spec in version.ready.inputs
    ]
    newer = current if current.pk != version.pk else None
    hint = promised_share(initiative) if any(i.spec.name == GAP for i in inputs) else ""
    return ScoreView(basis, inputs, newer, score_bar_of(basis), hint)


def promised_share(initiative: Initiative) -> str:
    """How much of the gap the promise would close, as a hint for who estimates it; two queries."""
    promises = list(initiative.promises.select_related("kpi"))
    rows = Target.objects.filter(kpi__in=[p.kpi_id for p in promises], phase="committed")
    targets = {target.kpi_id: target for target in rows}
    said = []
    for promise in promises:
        target = targets.get(promise.kpi_id)
        if target is None:
            continue
        ends = [
            progress(promise.kpi.aim, target.baseline_value, target.value, end)
            for end in (promise.low, promise.high)
        ]
        known = sorted(round(100 * end) for end in ends if end is not None)
        if len(known) > 1:
            said.append(
                _("The promise for %(kpi)s would close %(low)d–%(high)d %% of its gap.")
                % {"kpi": promise.kpi.name, "low": known[0], "high": known[1]}
            )
    return " ".join(said)


def _strength(given: ScoreInput | None) -> str:
    return input_strength(given) if given else ""


def score_bar_of(basis: Basis, highest: float | None = None) -> dict[str, float] | None:
    """Score, range and parts on a scale of 100 that ends at `highest`; None while incomplete."""
    score = basis.score
    if score.value is None or score.low is None or score.high is None:
        return None
    top = highest or float(score.high)
    if top <= 0 or score.value < 0:
        return None
    scale = 100 / top
    shown = float(score.value) * scale
    parts = {name: shown * share for name, share in basis.parts.items()}
    return {"score": shown, "low": max(0, float(score.low) * scale),
            "high": float(score.high) * scale, **parts}  # fmt: skip
