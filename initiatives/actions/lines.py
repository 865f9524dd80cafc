"""The lines an initiative touches. The second line asks the CPO for coordination by itself."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from accounts.permissions import has_role, is_admin
from config.flow.errors import NotAllowed, NotYours
from config.flow.steps import take
from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeLine, Referral

ANSWER_DAYS = 5
# An answered referral is asked again when a line is added; a coordinated one stays.
SETTLED = ("returned", "split", "declined")
FRIDAY = 4


def ensure_lead_line(
    *, initiative: Initiative, actor: Any, former_line_id: int | None = None
) -> None:
    """The lead line has a row of its own; in intake a former lead line that said nothing goes."""
    if former_line_id and initiative.phase == "intake":
        initiative.lines.filter(line=former_line_id, answer="none").delete()
    if initiative.line_id:
        touch_line(initiative, initiative.line_id, actor)


@transaction.atomic
def add_line(*, initiative: Initiative, actor: Any, line: Any) -> InitiativeLine:
    """Touch a further line. Only that line's answer opens; a second line asks for a referral.

    Raises NotYours, or NotAllowed when the line is already touched.
    """
    _may_name_lines(initiative, actor)
    if initiative.lines.filter(line=line).exists():
        raise NotAllowed(f"{line} is among its lines already.")
    return touch_line(initiative, line.pk, actor)


@transaction.atomic
def remove_line(*, initiative: Initiative, actor: Any, line: Any) -> None:
    """Stop touching a further line. Raises NotYours, or NotAllowed for the lead line."""
    _may_name_lines(initiative, actor)
    if initiative.line_id == line.pk:
        raise NotAllowed(f"{line} leads it; name another lead line before you take this one away.")
    gone, _ = initiative.lines.filter(line=line).delete()
    if not gone:
        raise NotAllowed(f"{line} is not among its lines.")


def _may_name_lines(initiative: Initiative, actor: Any) -> None:
    if not (may.manages(actor, initiative) or has_role(actor, Role.CPO) or is_admin(actor)):
        who = ", ".join(may.manages.who(initiative)) or may.manages.label
        raise NotYours(f"The lines of {initiative.key} are named by {who} or the CPO.")


def touch_line(initiative: Initiative, line_id: int, actor: Any) -> InitiativeLine:
    """The row of a touched line; from the second line on the CPO is asked, again if settled."""
    row, new = InitiativeLine.objects.get_or_create(
        initiative=initiative, line_id=line_id, defaults={"added_by": actor}
    )
    if initiative.lines.count() > 1:
        referral = ask_referral(initiative=initiative, actor=actor)
        if new and referral.phase in SETTLED:
            take(referral, "ask-again", actor=None, note=f"{row.line} was added.")
    return row


def ask_referral(*, initiative: Initiative, actor: Any) -> Referral:
    """The referral of an initiative, asked now if nobody asked before; five working days."""
    found, _ = Referral.objects.get_or_create(
        initiative=initiative,
        defaults={
            "asked_by": actor,
            "due_date": working_day_after(timezone.localdate(), ANSWER_DAYS),
        },
    )
    return found


def working_day_after(day: date, days: int) -> date:
    """The day that lies so many working days (Monday to Friday) after another."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() <= FRIDAY
    return day
