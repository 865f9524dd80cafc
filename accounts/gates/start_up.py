"""What a start-up line must show before money is put into it, and before it stands on its own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models.role import LINE_ROLES, Role
from accounts.research import research_of
from config.flow.gates import Missing, gate

KINDS = (("quantitative", "a survey or data"), ("qualitative", "an interview"))


def _manager(start: Any) -> str:
    return str(start.product_manager)


@gate("Its product manager holds it", waivable=False, fact=_manager)
def manager_holds_on(start: Any) -> Iterator[Missing]:
    held = start.line.memberships.filter(
        role=Role.PRODUCT_MANAGER, ended_at=None, person__is_active=True
    )
    if not held.exists():
        yield Missing(
            f"Nobody is product manager of {start.line} now; give somebody that role.",
            link=f"{start.line.get_absolute_url()}/roles/new?role=product_manager",
            mender="the chief product officer",
        )


def _counted(start: Any) -> str:
    found = [f for f in research_of(start.line).findings if f.from_customers]
    against = sum(f.points == "against" for f in found)
    return f"{len(found)} from customers, {against} against"


@gate("Real customers confirm it, in numbers and in words", waivable=False, fact=_counted)
def customers_confirm(start: Any) -> Iterator[Missing]:
    research = research_of(start.line)
    shelf = timezone.localdate() - timedelta(days=settings.STALE_EVIDENCE_DAYS)
    for kind, example in KINDS:
        found = [f for f in research.findings if f.kind == kind and f.from_customers]
        if not found:
            sentence = f"There is no {kind} evidence from real customers yet, such as {example}."
        elif found[0].collected_date < shelf:
            sentence = (
                f"The newest {kind} evidence from customers is from "
                f"{found[0].collected_date:%-d %B %Y}; that is too long ago, collect some again."
            )
        elif not any(f.points == "for" for f in found):
            sentence = f"No {kind} evidence from customers speaks for it."
        else:
            continue
        yield Missing(sentence, link=research.href, mender="the product manager of the line")


def _who_judged(start: Any) -> str:
    found = [j for j in research_of(start.line).judgements if j.outcome == "supported"]
    return ", ".join(f"{j.title} by {j.by}" for j in found)[:200]


@gate("Somebody other than the only collector judged it supported", waivable=False,
      fact=_who_judged)  # fmt: skip
def judged_supported(start: Any) -> Iterator[Missing]:
    research = research_of(start.line)
    if any(j.outcome == "supported" for j in research.judgements):
        return
    said = ", ".join(f"{j.title} reads “{j.outcome}”" for j in research.judgements)
    yield Missing(
        f"No verdict on its research reads “supported” ({said})."
        if said
        else "There is no verdict on its research yet.",
        link=research.href,
        mender="somebody who did not collect all of the evidence",
    )


@gate("The order in which its roles are filled is declared", waivable=False)
def order_declared(start: Any) -> Iterator[Missing]:
    if not start.line.backfill_order:
        yield Missing(
            "The order in which the roles will be filled is not declared.",
            link=f"{start.line.get_absolute_url()}/start-up/order",
            mender="the chief product officer or the product manager of the line",
        )


@gate("Every role is filled", waivable=False)
def roles_filled(start: Any) -> Iterator[Missing]:
    held = start.line.memberships.filter(ended_at=None, acting=False, person__is_active=True)
    filled = set(held.values_list("role", flat=True))
    order = start.line.backfill_order or LINE_ROLES
    for role in order:
        if role not in filled and role != Role.BUSINESS_LEADER:
            yield Missing(
                f"{Role(role).label} is not filled yet.",
                link=f"{start.line.get_absolute_url()}/roles/new?role={role}",
                mender="the chief product officer or whoever leads the line",
            )


@gate("Who leads it is settled", waivable=False)
def leader_found(start: Any) -> Iterator[Missing]:
    held = start.line.memberships.filter(
        role=Role.BUSINESS_LEADER, ended_at=None, acting=False, person__is_active=True
    )
    if not held.exists():
        yield Missing(
            "The business leader who was to be brought in is not there yet."
            if start.leadership == "leader"
            else "Nobody holds the role of business leader.",
            link=f"{start.line.get_absolute_url()}/roles/new?role=business_leader",
            mender="the chief product officer",
        )
