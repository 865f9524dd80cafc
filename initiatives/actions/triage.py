"""Accepting in triage in one go: name the line and the owner, say it is new, take the step."""

from typing import Any

from django.db import transaction

from initiatives.actions.people import assign
from initiatives.actions.request import confirm_not_duplicate, edit_initiative
from initiatives.actions.steps import take_step
from initiatives.models import Initiative


def accept_request(*, initiative: Initiative, actor: Any, owner: Any, line: Any) -> Initiative:
    """Line, owner and the look at duplicates are kept even when the step itself is refused.

    Raises what each of these raises; nothing else is undone.
    """
    _prepare(initiative, actor, owner, line)
    accepted: Initiative = take_step(initiative, "accept", actor=actor)
    return accepted


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
