"""The lines an initiative touches. The second line asks the CPO for coordination by itself."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.permissions import is_admin
from config.calendar import working_day_after
from config.flow.errors import NotAllowed, NotYours
from config.flow.steps import take
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.actions.asked import ask_coordination, ask_line, asks_lines, line_answered
from initiatives.models import Initiative, InitiativeLine, LineDisclaimer, Referral
from initiatives.touched import inferred_lines

# An answered referral is asked again when a line is added; a coordinated one stays.
SETTLED = ("returned", "split", "declined")


def ensure_lead_line(
    *, initiative: Initiative, actor: Any, former_line_id: int | None = None
) -> None:
    """The lead line has a row of its own; in intake a former lead line that said nothing goes."""
    if former_line_id and initiative.phase == "intake":
        initiative.lines.filter(line=former_line_id, answer="none").delete()
    if initiative.line_id:
        touch_line(initiative, initiative.line_id, actor)


@acting
@transaction.atomic
def add_line(*, initiative: Initiative, actor: Any, line: Any) -> InitiativeLine:
    """Touch a further line. Only that line's answer opens; a second line asks for a referral.

    Raises NotYours, or NotAllowed when the line is already touched.
    """
    _may_name_lines(initiative, actor)
    if initiative.lines.filter(line=line).exists():
        raise NotAllowed(f"{line} is among its lines already.")
    return touch_line(initiative, line.pk, actor)


@acting
@transaction.atomic
def remove_line(*, initiative: Initiative, actor: Any, line: Any) -> None:
    """Stop touching a further line. Raises NotYours, or NotAllowed for the lead line."""
    _may_name_lines(initiative, actor)
    if initiative.line_id == line.pk:
        raise NotAllowed(f"{line} leads it; name another lead line before you take this one away.")
    share = initiative.lines.select_related("line", "initiative").filter(line=line).first()
    if share is None:
        raise NotAllowed(f"{line} is not among its lines.")
    line_answered(share)
    share.delete()


@acting
@transaction.atomic
def disclaim_line(*, initiative: Initiative, actor: Any, line: Any, reason: str) -> LineDisclaimer:
    """State why a line that the facts point to is not touched; it stays on record.

    It holds for today's facts: a new one asks again. Raises NotYours or NotAllowed.
    """
    _may_name_lines(initiative, actor)
    if not reason.strip():
        raise NotAllowed(f"Say in a sentence or two why {line} is not touched.")
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    found = next((each for each in inferred_lines(initiative) if each.line_id == line.pk), None)
    if found is None or initiative.lines.filter(line=line).exists():
        raise NotAllowed(f"Nothing points to {line} as a further line any more.")
    row, _ = LineDisclaimer.objects.update_or_create(
        initiative=initiative,
        line=line,
        defaults={
            "reason": reason.strip(),
            "facts": found.facts,
            "author": actor,
            "author_roles": actor.role_snapshot(),
            "at": timezone.now(),
        },
    )
    return row


def may_name_lines(actor: Any, initiative: Initiative) -> bool:
    """The product manager, whoever answers referrals, and administrators."""
    return may.manages(actor, initiative) or may.answers_referrals(actor) or is_admin(actor)


def _may_name_lines(initiative: Initiative, actor: Any) -> None:
    if not may_name_lines(actor, initiative):
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
            _start_clock(referral)
            referral.refresh_from_db()
            ask_coordination(referral, actor)
        if new and line_id != initiative.line_id and asks_lines(initiative):
            ask_line(row, actor)
    return row


def ask_referral(*, initiative: Initiative, actor: Any) -> Referral:
    """The referral of an initiative, asked now if nobody asked before; its clock starts."""
    found, new = Referral.objects.get_or_create(
        initiative=initiative,
        defaults={
            "asked_by": actor,
            "due_date": working_day_after(timezone.localdate(), settings.REFERRAL_PROMISE_DAYS),
        },
    )
    if new:
        ask_coordination(found, actor)
    return found


def _start_clock(referral: Referral) -> None:
    due = working_day_after(timezone.localdate(), settings.REFERRAL_PROMISE_DAYS)
    Referral.objects.filter(pk=referral.pk).update(asked_at=timezone.now(), due_date=due)
