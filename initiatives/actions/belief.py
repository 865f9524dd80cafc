"""What we believe and why: hypothesis, evidence, verdict and the promise to a KPI."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from initiatives import permissions as may
from initiatives.actions.files import attach
from initiatives.actions.score import refresh_score
from initiatives.models import (
    Evidence,
    Hypothesis,
    Initiative,
    KpiPromise,
    ValidationVerdict,
)
from kpis.models import KPI


@transaction.atomic
def state_hypothesis(  # noqa: PLR0913 - one form, one call
    *,
    initiative: Initiative,
    actor: Any,
    change: str,
    audience: str,
    kpi: KPI,
    target: Decimal,
    by_date: date,
    pass_rule: str,
    baseline: Decimal | None = None,
    seen_version: int | None = None,
) -> Hypothesis:
    """Record or change the hypothesis. Refuses once the first result froze it."""
    _must(may.manages(actor, initiative), "The hypothesis belongs to the product manager.")
    told: dict[str, Any] = {
        "change": change,
        "audience": audience,
        "kpi": kpi,
        "baseline": baseline,
        "target": target,
        "by_date": by_date,
        "pass_rule": pass_rule,
    }
    locked = _locked(initiative)
    current = Hypothesis.objects.filter(initiative=locked).first()
    if current is None:
        frozen = timezone.now() if locked.evidence.exists() else None
        return Hypothesis.objects.create(initiative=locked, author=actor, frozen_at=frozen, **told)
    if current.frozen_at is not None:
        raise NotAllowed(
            "The hypothesis is frozen since the first result was recorded; "
            "a new belief is a new initiative.",
            link=initiative.tab_url("evidence"),
        )
    return write(current, seen_version=seen_version, **told)


@transaction.atomic
def record_evidence(*, initiative: Initiative, actor: Any, **facts: Any) -> Evidence:
    """Record one finding; the first one freezes the hypothesis. Also refreshes the stored score."""
    _must(
        may.may_collect_evidence(actor, initiative),
        "Evidence is recorded by people with a role in a line it touches, and its requester.",
    )
    locked = _locked(initiative)
    files = facts.pop("files", ())
    facts.setdefault("collector", actor)
    # A trigger of the database freezes the hypothesis with the first row.
    item = Evidence.objects.create(initiative=locked, **facts)
    for upload in files:
        attach(initiative=locked, actor=actor, upload=upload, evidence=item)
    refresh_score(initiative=locked)
    return item


@transaction.atomic
def archive_evidence(*, evidence: Evidence, actor: Any) -> Evidence:
    """Take an item out of the count without deleting it; its collector or the PM may."""
    initiative = evidence.initiative
    _must(
        evidence.collector_id == actor.pk or may.manages(actor, initiative),
        "Evidence is archived by its collector or the product manager.",
    )
    locked = _locked(initiative)
    wanted = None if evidence.archived_at else timezone.now()
    try:
        with transaction.atomic():
            item = write(evidence, seen_version=None, archived_at=wanted)
    except IntegrityError as error:
        raise NotAllowed("These words of the note count already, tied another time.") from error
    refresh_score(initiative=locked)
    return item


@transaction.atomic
def mark_link(*, evidence: Evidence, actor: Any) -> Evidence:
    """Say that a link leads nowhere any more, or that it works again; the text stays either way."""
    _must(
        may.may_collect_evidence(actor, evidence.initiative),
        "Links are marked by people with a role in a line it touches, and its requester.",
    )
    if not evidence.link:
        raise NotAllowed("This item has no link.")
    now = None if evidence.link_broken_at else timezone.now()
    return write(evidence, seen_version=None, link_broken_at=now)


@transaction.atomic
def judge_evidence(
    *, initiative: Initiative, actor: Any, outcome: str, reason: str
) -> ValidationVerdict:
    """Give a verdict. Refuses the only collector of the evidence, and a verdict on nothing."""
    _must(
        may.may_judge_evidence(actor, initiative),
        "A verdict comes from a product manager, business leader, designer or growth manager "
        "of the line, or the CPO.",
    )
    locked = _locked(initiative)
    collectors = set(
        locked.evidence.filter(archived_at=None).values_list("collector_id", flat=True)
    )
    if not collectors:
        raise NotAllowed("There is no evidence to judge yet.", link=initiative.tab_url("evidence"))
    if collectors == {actor.pk}:
        raise NotAllowed(
            "You collected all of this evidence; someone else must judge it.",
            link=initiative.tab_url("evidence"),
        )
    return ValidationVerdict.objects.create(
        initiative=locked,
        outcome=outcome,
        reason=reason,
        judge=actor,
        judge_roles=actor.role_snapshot(),
    )


@transaction.atomic
def promise_kpi(  # noqa: PLR0913 - one form, one call
    *,
    initiative: Initiative,
    actor: Any,
    kpi: KPI,
    low: Decimal,
    high: Decimal,
    by_date: date,
    method: str,
    seen_version: int | None = None,
) -> KpiPromise:
    """Promise an expected range of a KPI (in its unit) by a date, or change an unlocked promise."""
    _must(may.manages(actor, initiative), "The promise belongs to the product manager.")
    if high < low:
        raise NotAllowed("The upper end of the range lies below its lower end.")
    locked = _locked(initiative)
    told: dict[str, Any] = {
        "low": low,
        "high": high,
        "by_date": by_date,
        "method": method,
    }
    current = locked.promises.filter(kpi=kpi).first()
    if current is None:
        return KpiPromise.objects.create(initiative=locked, kpi=kpi, author=actor, **told)
    if current.locked_at is not None:
        raise NotAllowed(
            "The promise was locked when the RFC started; it is compared with the result as it is.",
            link=initiative.tab_url("metrics"),
        )
    return write(current, seen_version=seen_version, **told)


@transaction.atomic
def withdraw_promise(*, promise: KpiPromise, actor: Any) -> None:
    """Remove a promise that is not locked yet; its history stays."""
    _must(
        may.manages(actor, promise.initiative),
        "The promise belongs to the product manager.",
    )
    if promise.locked_at is not None:
        raise NotAllowed("The promise was locked when the RFC started; it cannot be withdrawn.")
    promise.delete()


def _locked(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)


def _must(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotYours(sentence)
