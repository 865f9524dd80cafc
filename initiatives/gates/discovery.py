"""What must hold before an RFC is started: belief, proof, verdict, promise, place, coordination."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from config.flow.gates import Missing, gate
from initiatives.evidence_rules import unmet_evidence


@gate("The hypothesis was recorded before its result")
def hypothesis_first(initiative: Any) -> Iterator[Missing]:
    link = initiative.tab_url("evidence") + "#hypothesis"
    hypothesis = getattr(initiative, "hypothesis", None)
    if hypothesis is None:
        yield Missing(
            "There is no hypothesis: say what you will do, for whom, and which KPI will move.",
            link=link,
            mender="the product manager",
        )


@gate("The evidence satisfies the rule of its source")
def evidence_sufficient(initiative: Any) -> Iterator[Missing]:
    link = initiative.tab_url("evidence")
    shelf = timezone.localdate() - timedelta(days=settings.STALE_EVIDENCE_DAYS)
    live = [e for e in initiative.evidence.all() if e.archived_at is None]
    for sentence in unmet_evidence(initiative, live, shelf):
        yield Missing(sentence, link=link, mender="the product manager or anyone with evidence")


@gate("Someone other than the only collector judged it supported")
def supported_verdict(initiative: Any) -> Iterator[Missing]:
    link = initiative.tab_url("evidence") + "#verdict"
    if initiative.source.rule == "compliance":
        return  # a legal duty needs no validation of its value
    verdict = initiative.verdicts.select_related("judge").first()
    if verdict is None:
        yield Missing(
            "There is no verdict on the evidence yet; it must come from someone other than its "
            "only collector.",
            link=link,
            mender="a product manager, business leader, designer or growth manager",
        )
    elif verdict.outcome != "supported":
        yield Missing(
            f"The last verdict reads “{verdict.get_outcome_display().lower()}” "
            f"(by {verdict.judge}); an RFC needs “supported”.",
            link=link,
            mender="the product manager, with new evidence",
        )


@gate("It promises to move a KPI by an expected range")
def promised_kpi(initiative: Any) -> Iterator[Missing]:
    if not initiative.promises.exists():
        yield Missing(
            "It promises nothing yet; choose the KPI it will move and the range you expect.",
            link=initiative.tab_url("metrics") + "#promise",
            mender="the product manager",
        )


@gate("It has a place in the line's committed ranking")
def ranked(initiative: Any) -> Iterator[Missing]:
    entries = initiative.ranking_entries.filter(
        ranking__phase="committed", ranking__line=initiative.line_id
    )
    if not entries.exists():
        yield Missing(
            f"It has no place in the committed ranking of {initiative.line}; PM and business "
            "leader commit one together.",
            link="/ranking",
            mender="the product manager and the business leader",
        )


@gate("The CPO coordinates it across its lines")
def coordinated(initiative: Any) -> Iterator[Missing]:
    rows = list(
        initiative.lines.values_list("line__name", "initiative__referral__phase").order_by("id")
    )
    if len(rows) < 2:
        return
    phase = rows[0][1]
    if phase in {"coordinated", "returned"}:
        return
    names = " and ".join(name for name, _ in rows)
    yield Missing(
        f"It touches {names}; the chief product officer has not taken coordination yet.",
        link=initiative.tab_url("referral"),
        mender="the chief product officer",
    )
