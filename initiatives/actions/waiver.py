"""Granting and withdrawing waivers: one requirement let through, shown as waived, never as met."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours
from config.flow.fsm import edges
from config.flow.gates import Gate
from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeWaiver

LONGEST = timedelta(days=180)


@transaction.atomic
def grant_waiver(
    *,
    initiative: Initiative,
    actor: Any,
    gate: str,
    reason: str,
    expires_date: date,
    follow_up_owner: Any,
) -> InitiativeWaiver:
    """Waive one requirement of a step from here until a day at most 180 days away.

    Raises NotYours, or NotAllowed with what the waiver lacks.
    """
    locked = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    _must_be_allowed(locked, actor)
    rule = _rule(locked, gate)
    today = timezone.localdate()
    if not reason.strip():
        raise NotAllowed("A waiver needs its reason; write one or two sentences.")
    if not today < expires_date <= today + LONGEST:
        raise NotAllowed("A waiver ends on a day after today and within 180 days.")
    if gate in locked.waivers_in_force():
        raise NotAllowed(f"“{rule.label}” is waived already.")
    return InitiativeWaiver.objects.create(
        initiative=locked,
        gate=gate,
        reason=reason.strip(),
        granted_by=actor,
        expires_date=expires_date,
        follow_up_owner=follow_up_owner,
    )


@transaction.atomic
def withdraw_waiver(*, waiver: InitiativeWaiver, actor: Any) -> InitiativeWaiver:
    """The requirement asks again from now on. Raises NotYours or NotAllowed."""
    locked = InitiativeWaiver.objects.select_for_update(no_key=True).get(pk=waiver.pk)
    _must_be_allowed(locked.initiative, actor)
    if not locked.in_force():
        raise NotAllowed("This waiver is over already.")
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    return locked


def waivable_gates(initiative: Initiative) -> list[Gate]:
    """The rules of the steps from here that may be waived, each once."""
    found = {
        rule.name: rule
        for e in edges(Initiative)
        if e.source == initiative.phase
        for rule in e.facts.gates
        if rule.waivable
    }
    return list(found.values())


def _rule(initiative: Initiative, gate: str) -> Gate:
    found = next((r for r in waivable_gates(initiative) if r.name == gate), None)
    if found is None:
        raise NotAllowed(
            f"No step from “{initiative.phase.replace('_', ' ')}” asks for “{gate}”, or it can "
            "never be waived."
        )
    return found


def _must_be_allowed(initiative: Initiative, actor: Any) -> None:
    if may.may_waive(actor, initiative):
        return
    if initiative.requester_id == actor.pk:
        raise NotYours("Whoever asked for it cannot waive its requirements.")
    names = ", ".join(may.leads_line_of.who(initiative))
    raise NotYours(
        "Waivers are granted by the business leader of the line"
        + (f" ({names})" if names else "")
        + " or the chief product officer."
    )
