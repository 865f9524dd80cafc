"""Taking the last change of a place or role back, through the same doors as everything else."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.membership import end_membership, resume_membership
from accounts.actions.places import CHANGEABLE, change_place, close_place, line_of, reopen_place
from accounts.models import BusinessLine, Membership, Person
from accounts.org_history import TABLES, event_model
from config.flow.errors import NotAllowed


@transaction.atomic
def undo_change(*, actor: Person, line: BusinessLine, table: str, event: int) -> None:
    """Take a change of the line back. Refuses when something else changed since."""
    gone = NotAllowed(_("There is no such change of %s to take back.") % line)
    if table not in TABLES:
        raise gone
    events = event_model(table).objects
    after = events.filter(pgh_id=event).first()
    row: Any = TABLES[table].objects.filter(pk=after.pgh_obj_id).first() if after else None
    if row is None or after is None or _line_id(row) != line.pk:
        raise gone
    before = events.filter(pgh_obj=row.pk, pgh_id__lt=event).order_by("-pgh_id").first()
    if events.filter(pgh_obj=row.pk, pgh_id__gt=event).exists():
        raise NotAllowed(_("It changed again since; take the newer change back first."))
    if table == "membership":
        _undo_role(actor, row, before)
    else:
        _undo_place(actor, row, before, after)


def _line_id(row: Any) -> int | None:
    return row.in_line_id if isinstance(row, Membership) else line_of(row).pk


def _undo_role(actor: Person, row: Membership, before: Any) -> None:
    if before is None or (before.ended_at and not row.ended_at):
        end_membership(actor=actor, membership=row)
    elif row.ended_at and not before.ended_at:
        resume_membership(actor=actor, membership=row)
    else:
        raise NotAllowed(_("This change of a role is taken back by giving the role anew."))


def _undo_place(actor: Person, row: Any, before: Any, after: Any) -> None:
    if before is None:
        raise NotAllowed(_("%s is closed rather than unmade.") % row)
    if bool(before.closed_at) != bool(after.closed_at):
        (reopen_place if after.closed_at else close_place)(actor=actor, place=row)
    else:
        former = {name: getattr(before, name) for name in CHANGEABLE[type(row)]}
        change_place(actor=actor, place=row, **former)
