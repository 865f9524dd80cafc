"""Imported documents that name several teams: a cross-line initiative stands behind each."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import Team
from config.flow.keys import next_number
from initiatives.actions.lines import touch_line
from initiatives.models import Initiative, Source

# Documents that were decided against or are done bring no work into intake.
LIVE = frozenset({"draft", "in_review", "accepted"})
NEEDED = 2


@transaction.atomic
def propose_imported(*, rfc: Any, teams: Sequence[Team], status: str) -> Initiative | None:
    """A request in intake for a live document whose teams belong to two or more lines."""
    lines = list(dict.fromkeys(team.line_id for team in teams))
    if len(lines) < NEEDED or status not in LIVE:
        return None
    initiative = Initiative.objects.create(
        number=next_number("INI"),
        title=rfc.title[:200],
        problem=f"{rfc.title}. Imported with {rfc.key}, which says why.",
        affected=", ".join(team.name for team in teams),
        source=Source.objects.get(slug="others"),
        requester=rfc.author,
        line_id=lines[0],
        team=teams[0],
    )
    for line_id in lines:
        touch_line(initiative, line_id, None)
    rfc.initiative = initiative
    rfc.save(update_fields=["initiative"])
    return initiative


@transaction.atomic
def forget_imported(*, rfc: Any) -> None:
    """Undo of an import: the initiative goes with its RFC, unless somebody worked on it."""
    initiative = rfc.initiative
    if initiative is None:
        return
    rfc.initiative = None
    rfc.save(update_fields=["initiative"])
    worked_on = (
        initiative.phase != "intake"
        or initiative.row_version > 1
        or initiative.comments.exists()
        or initiative.steps_taken.exists()
        or initiative.evidence.exists()
        or initiative.rfcs.exists()
    )
    if worked_on:
        return
    referral = getattr(initiative, "referral", None)
    if referral is not None:
        referral.delete()
    initiative.lines.all().delete()
    initiative.delete()
