"""Working off doubts: the gates of initiatives that changed are asked again, outside the request."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from config.flow.gates import Missing
from config.flow.steps import ahead
from initiatives.lifecycle.initiative import CLOSED, THREAD
from initiatives.models import GateDoubt, GateSummary, Initiative

logger = logging.getLogger(__name__)

# Doubts looked at together, so that several of one initiative ask its gates once, and initiatives
# asked between two looks at the clock: some five seconds of work.
LOOKED_AT = 1_000
TOGETHER = 200
# A slot of periodic work ends long before its lease does.
LONGEST = timedelta(seconds=60)
# Waivers end and evidence ages without anybody writing anything.
FRESH = timedelta(hours=24)
MOST_STALE = 1_000
OPEN_PHASES = tuple(phase for phase in THREAD if phase != CLOSED)
SEATS = ("line", "owner", "designer", "tpm", "requester")
WRITTEN = (
    "phase", "step", "lacking", "gate", "sentence", "link", "role", "judged_at", "entered_at",
    *SEATS,
)  # fmt: skip


def settle_doubts(most: int | None = None) -> int:
    """Ask the gates of everything in doubt, for a minute at most; how many were asked.

    A doubt goes once its answer is written, so a run that was cut off only asks again.
    """
    until, asked = timezone.now() + LONGEST, 0
    while timezone.now() < until and (most is None or asked < most):
        doubts = list(GateDoubt.objects.order_by("pk").values_list("pk", "initiative")[:LOOKED_AT])
        if not doubts:
            break
        about = sorted({initiative for _pk, initiative in doubts})[:TOGETHER]
        judge(about)
        asked += len(about)
        done = set(about)
        answered = [pk for pk, initiative in doubts if initiative in done]
        GateDoubt.objects.filter(pk__in=answered).delete()
    return asked


def doubt_stale() -> int:
    """What was not asked for a day, for another phase, or never, is in doubt; how many are."""
    open_ones = Initiative.objects.filter(phase__in=OPEN_PHASES).order_by()
    never = Q(gate_summary=None) | ~Q(gate_summary__phase=F("phase"))
    long_ago = Q(gate_summary__judged_at__lt=Now() - FRESH)
    found = open_ones.filter(never | long_ago).exclude(
        pk__in=GateDoubt.objects.values("initiative")
    )
    stale = list(found.values_list("pk", flat=True)[:MOST_STALE])
    GateDoubt.objects.bulk_create(GateDoubt(initiative=pk) for pk in stale)
    return len(stale)


def judge(ids: Iterable[int]) -> None:
    """Ask the gates of these initiatives and write down what they lack."""
    # Taken before anything is read: whatever changes from now on writes a doubt of its own.
    at = timezone.now()
    rows = Initiative.objects.filter(pk__in=ids).select_related("source", "line", "hypothesis")
    found = {row.pk: _summary(row, at) for row in rows.select_related("deep_dive")}
    _write({pk: summary for pk, summary in found.items() if summary}, at)
    gone = [pk for pk in ids if not found.get(pk)]
    GateSummary.objects.filter(pk__in=gone, judged_at__lte=at).delete()


def _summary(initiative: Initiative, at: datetime) -> GateSummary | None:
    """What the next step lacks; None where nothing goes on, or where a gate itself is broken."""
    if initiative.phase not in OPEN_PHASES:
        return None
    try:
        found = ahead(initiative)
    except Exception:
        # One broken gate must not keep all others from being asked.
        logger.exception("the gates of %s cannot be asked", initiative.key)
        return None
    if found is None:
        return None
    step, requirements = found
    missing = [(r.gate, m) for r in requirements if r.verdict == "missing" for m in r.missing]
    gate, only = missing[0] if len(missing) == 1 else ("", Missing(""))
    return GateSummary(
        initiative=initiative,
        phase=initiative.phase,
        step=step,
        lacking=len(missing),
        gate=gate,
        sentence=only.sentence,
        link=only.link[:400],
        role=only.role,
        judged_at=at,
        entered_at=initiative.state_entered_at,
        **{seat: getattr(initiative, f"{seat}_id") for seat in SEATS},
    )


@transaction.atomic
def _write(found: dict[int, GateSummary], at: datetime) -> None:
    """An answer never replaces one that was asked for later."""
    newer = GateSummary.objects.select_for_update().filter(pk__in=found, judged_at__gt=at)
    for pk in newer.values_list("pk", flat=True):
        del found[pk]
    GateSummary.objects.bulk_create(
        found.values(), update_conflicts=True, unique_fields=["initiative"], update_fields=WRITTEN
    )
