"""What follows from the CPO's answer: an initiative for each further line, or one line alone."""

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from config.flow.keys import next_number
from config.flow.versions import write
from initiatives.models import (
    Contribution,
    Evidence,
    Initiative,
    InitiativeComment,
    InitiativeLine,
    KpiPromise,
    Referral,
)
from kpis.models import Target

CARRIED = (
    "collector_id",
    "collected_date",
    "method",
    "kind",
    "points",
    "finding",
    "quote",
    "sample",
    "from_customers",
    "link",
)


def split_by_line(*, referral: Referral, actor: Any, note: str) -> list[Initiative]:
    """Each further line goes on with an initiative of its own, in its intake, linked both ways.

    Evidence comes along as references to the original findings, promises by the line's share. The
    original keeps its lead line. Runs inside the doorman's transaction.
    """
    initiative = Initiative.objects.select_related("line", "source").get(pk=referral.initiative_id)
    shares = initiative.lines.exclude(line=initiative.line_id).select_related("line")
    made = [_part(initiative, share, actor) for share in shares]
    for part in made:
        InitiativeComment.objects.create(
            initiative=part, author=actor, text=f"Split from {initiative.key}: {note}"
        )
    if made:
        keys = ", ".join(f"{part.key} ({part.line})" for part in made)
        InitiativeComment.objects.create(
            initiative=initiative, author=actor, text=f"Split into {keys}: {note}"
        )
    shares.delete()
    return made


def keep_one_line(*, referral: Referral) -> None:
    """The line it was returned to goes on alone and leads it."""
    initiative = Initiative.objects.get(pk=referral.initiative_id)
    line = referral.returned_to
    if line is None:
        return
    initiative.lines.exclude(line=line).delete()
    initiative.lines.get_or_create(line=line)
    if initiative.line_id != line.pk:
        write(initiative, seen_version=None, line=line, team=None)


def _part(initiative: Initiative, share: InitiativeLine, actor: Any) -> Initiative:
    part: Initiative = Initiative.objects.create(
        number=next_number("INI"),
        title=f"{initiative.title} ({share.line.name})"[:200],
        problem=initiative.problem,
        affected=initiative.affected,
        source=initiative.source,
        source_fields=initiative.source_fields,
        requester_id=initiative.requester_id,
        line=share.line,
        hoped_kpi=share.kpi or initiative.hoped_kpi,
        deadline_date=initiative.deadline_date,
        split_from=initiative,
    )
    InitiativeLine.objects.create(
        initiative=part,
        line=share.line,
        added_by=actor,
        person=share.person,
        kpi=share.kpi,
        capacity_points=share.capacity_points,
    )
    _carry_evidence(initiative, part)
    _carry_promises(initiative, share, part)
    return part


def _carry_evidence(initiative: Initiative, part: Initiative) -> None:
    rows = initiative.evidence.filter(archived_at=None)
    Evidence.objects.bulk_create(
        Evidence(
            initiative=part,
            carried_from=row,
            origin=f"{initiative.key}: {row.origin}"[:200],
            **{name: getattr(row, name) for name in CARRIED},
        )
        for row in rows
    )


def _carry_promises(initiative: Initiative, share: InitiativeLine, part: Initiative) -> None:
    """The line's share of each promise, counted from the committed baseline where there is one."""
    committed = Target.objects.filter(phase="committed", baseline_value__isnull=False)
    rows = Contribution.objects.filter(share=share).select_related("promise__kpi")
    rows = rows.prefetch_related(
        Prefetch("promise__kpi__targets", committed.order_by("-due_date"), to_attr="committed")
    )
    for row in rows:
        kpi: Any = row.promise.kpi
        target = next(iter(kpi.committed), None)
        low, high = _ends(row, target.baseline_value if target else None)
        KpiPromise.objects.create(
            initiative=part,
            kpi=kpi,
            low=low,
            high=high,
            by_date=row.promise.by_date,
            method=f"{row} of what {initiative.key} promised. {row.promise.method}",
            author_id=row.promise.author_id,
        )


def _ends(row: Contribution, baseline: Decimal | None) -> tuple[Decimal, Decimal]:
    promise = row.promise
    if baseline is None:
        return promise.low, promise.high
    percents = (Decimal(row.low_percent) / 100, Decimal(row.high_percent) / 100)
    changes = [(end - baseline) * p for end in (promise.low, promise.high) for p in percents]
    return baseline + min(changes), baseline + max(changes)
