"""Triage: accepting in one go, and taking back one's own last decision.

A step is never undone: taking back is the step that leads back, and it stays on record too.
"""

from typing import Any

from django.db import transaction

from config.flow.errors import NotAllowed
from initiatives.actions.people import assign
from initiatives.actions.request import confirm_not_duplicate, edit_initiative
from initiatives.actions.steps import take_step
from initiatives.models import Initiative

# A decision of triage → the step that takes it back.
BACK = {
    "accept": "send-back",
    "decline": "reopen",
    "mark-duplicate": "reopen",
    "snooze": "wake",
}
TAKEN_BACK = "Taken back right after; it is triaged once more."


def accept_request(*, initiative: Initiative, actor: Any, owner: Any, line: Any) -> Initiative:
    """Line, owner and the look at duplicates are kept even when the step itself is refused.

    Raises what each of these raises; nothing else is undone.
    """
    _prepare(initiative, actor, owner, line)
    accepted: Initiative = take_step(initiative, "accept", actor=actor)
    return accepted


def take_back(*, initiative: Initiative, actor: Any) -> Initiative:
    """Take back one's own last decision of triage.

    Raises NotAllowed when the last step was another one or somebody else's.
    """
    last = initiative.steps_taken.filter(taken=True).order_by("-at", "-pk").first()
    if last is None or last.step not in BACK:
        raise NotAllowed(f"{initiative.key} has moved on since; there is no decision to take back.")
    if last.actor_id != actor.pk:
        raise NotAllowed(f"{last.actor_name} decided about {initiative.key}; ask them.")
    step = BACK[last.step]
    note = "" if step == "wake" else TAKEN_BACK
    moved: Initiative = take_step(initiative, step, actor=actor, note=note)
    return moved


@transaction.atomic
def _prepare(initiative: Initiative, actor: Any, owner: Any, line: Any) -> None:
    """Line, owner, duplicates; nothing when somebody else moved the request meanwhile."""
    row = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    if row.phase != "intake":
        return
    if row.line_id != line.pk:
        row = edit_initiative(initiative=row, actor=actor, seen_version=None, line=line)
    if row.owner_id != owner.pk:
        row = assign(initiative=row, actor=actor, seat="owner", person=owner)
    if row.duplicates_checked_at is None:
        confirm_not_duplicate(initiative=row, actor=actor)
