"""What initiatives tell accounts: research of a line, and what is open in a place that closes."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import ngettext

from accounts import closing, research
from accounts.models import BusinessLine, Team
from initiatives.lifecycle.initiative import LIVE
from initiatives.models import Evidence, Initiative, ValidationVerdict

MOST = 200


def research_of_line(line: BusinessLine) -> research.Research:
    """Evidence and the last verdict of each initiative the line leads. Two queries."""
    rows = Evidence.objects.filter(initiative__line=line, archived_at=None)
    items = rows.select_related("initiative", "collector").order_by("-collected_date")[:MOST]
    findings = [
        research.Finding(
            title=item.finding[:120],
            href=item.initiative.tab_url("evidence"),
            kind=item.kind,
            from_customers=item.from_customers,
            points=item.points,
            collected_by=item.collector.name,
            collected_date=item.collected_date,
        )
        for item in items
    ]
    verdicts = ValidationVerdict.objects.filter(initiative__line=line).order_by(
        "initiative_id", "-at", "-id"
    )
    last = verdicts.distinct("initiative_id").select_related("initiative", "judge")
    judgements = [
        research.Judgement(
            v.initiative.key, v.initiative.tab_url("evidence"), v.outcome, v.judge.name
        )
        for v in last
    ]
    return research.Research(findings, judgements, f"/initiatives?line={line.slug}")


def open_here(place: Any) -> Iterator[str]:
    """Initiatives that still run in a line or team. One query."""
    field = {BusinessLine: "line", Team: "team"}.get(type(place))
    if field is None:
        return
    n = Initiative.objects.filter(phase__in=["intake", *LIVE, "parked"], **{field: place}).count()
    if n:
        yield ngettext(
            "%(n)d initiative still runs in %(place)s; close, decline or move it first.",
            "%(n)d initiatives still run in %(place)s; close, decline or move them first.",
            n,
        ) % {"n": n, "place": place}


research.register(research_of_line)
closing.register(open_here)
