"""Score inputs and the stored summary of the score."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.estimates import Estimate, around
from initiatives.models import Evidence, FrameworkVersion, Initiative, ScoreInput, SessionItem
from initiatives.phases import CANDIDATE_PHASES
from initiatives.queries.scoring import Basis, basis_of, inputs_of, version_for
from initiatives.scoring import Score


@transaction.atomic
def give_score_input(  # noqa: PLR0913 - one form, one call
    *,
    initiative: Initiative,
    actor: Any,
    factor: str,
    value: Decimal,
    low: Decimal | None = None,
    high: Decimal | None = None,
    sureness: int | None = None,
    evidence: Evidence | None = None,
    more_evidence: Sequence[Evidence] = (),
    note: str = "",
) -> ScoreInput:
    """Give one input with its range; the newest per factor stands. Refreshes the stored score.

    Without a range, `sureness` in percent makes one: 80 is ±20 %.
    """
    if not may.may_score(actor, initiative):
        raise NotYours(
            "Scores come from the product manager, business leader, TPM or architect of the line."
        )
    locked = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    version = version_for(locked.line_id)
    estimate = estimate_for(version, factor, value, low, high, sureness)
    given = write_input(
        initiative=locked,
        version=version,
        factor=factor,
        estimate=estimate,
        author=actor,
        sureness=sureness,
        evidence=_own(evidence, locked),
        note=note,
    )
    given.more_evidence.set([e for e in more_evidence if _own(e, locked)])
    refresh_score(initiative=locked)
    return given


def estimate_for(
    version: FrameworkVersion,
    factor: str,
    value: Decimal,
    low: Decimal | None,
    high: Decimal | None,
    sureness: int | None = None,
) -> Estimate:
    """The estimate with its range inside the input's bounds; refuses with a sentence."""
    spec = version.ready.spec(factor)
    if spec is None:
        names = ", ".join(version.ready.names)
        raise NotAllowed(f"“{factor}” is no input of {version}; there are {names}.")
    if sureness is not None and low is None and high is None:
        return spec.inside(_fitting(spec, around(value, sureness)))
    low = value if low is None else low
    high = value if high is None else high
    if not low <= value <= high:
        raise NotAllowed("The value must lie inside its range.")
    exact = Estimate(value, value, value)
    refusal = spec.refusal(exact)
    if refusal:
        raise NotAllowed(refusal)
    return spec.inside(Estimate(value, low, high))


def _fitting(spec: Any, estimate: Estimate) -> Estimate:
    refusal = spec.refusal(Estimate(estimate.value, estimate.value, estimate.value))
    if refusal:
        raise NotAllowed(refusal)
    return estimate


def _own(evidence: Evidence | None, initiative: Initiative) -> Evidence | None:
    if evidence is not None and evidence.initiative_id != initiative.pk:
        raise NotAllowed(f"That evidence belongs to another initiative than {initiative.key}.")
    return evidence


def write_input(
    *,
    initiative: Initiative,
    version: FrameworkVersion,
    factor: str,
    estimate: Estimate,
    author: Any,
    session_item: SessionItem | None = None,
    **more: Any,
) -> ScoreInput:
    """Write one input and pin the score to its version. The caller holds the row's lock."""
    initiative.score_version = version
    return ScoreInput.objects.create(
        initiative=initiative,
        factor=factor,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        author=author,
        version=version,
        session_item=session_item,
        **more,
    )


def standing_of(initiative: Initiative) -> Basis:
    """The score of an initiative today, with what it rests on; five queries."""
    version = initiative.score_version or version_for(initiative.line_id)
    return basis_of(version, inputs_of([initiative.pk])[initiative.pk], initiative.evidence.all())


def score_of(initiative: Initiative) -> Score:
    """The score from the current inputs and evidence."""
    return standing_of(initiative).score


def refresh_score(*, initiative: Initiative) -> None:
    """Store the summary that lists read. The caller holds the row's lock."""
    score = score_of(initiative)
    initiative.score = score.value
    initiative.score_low = score.low
    initiative.score_high = score.high
    initiative.score_missing = list(score.missing) or ([score.reason] if score.reason else [])
    initiative.save(
        update_fields=["score", "score_low", "score_high", "score_missing", "score_version"]
    )


def fade_scores() -> int:
    """Scores shrink when their evidence ages: once a day those that may have are computed anew."""
    shelf = timezone.localdate() - timedelta(days=settings.STALE_EVIDENCE_DAYS)
    aged = Initiative.objects.filter(
        phase__in=CANDIDATE_PHASES,
        score__isnull=False,
        evidence__archived_at=None,
        evidence__collected_date__lt=shelf,
    )
    ids = list(aged.order_by("pk").distinct().values_list("pk", flat=True))
    for pk in ids:
        with transaction.atomic():
            refresh_score(initiative=Initiative.objects.select_for_update(no_key=True).get(pk=pk))
    return len(ids)
