"""A business line as a start-up: founded with a product manager who acts in every role."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.membership import add_membership
from accounts.actions.places import add_team, found_line
from accounts.models import LINE_ROLES, BusinessLine, Membership, Person, Role, StartUp
from accounts.permissions import has_role, is_admin, is_cpo
from config.flow.errors import NotAllowed, NotYours

# Held for the whole line; the others belong to its first team.
OF_THE_LINE = frozenset({Role.BUSINESS_LEADER})


class More(TypedDict, total=False):
    """What may be left out: the first team's name, the zone, letting go of another team."""

    team: str
    time_zone: str
    move: bool


@transaction.atomic
def start_line(
    *,
    actor: Person,
    name: str,
    purpose: str,
    product_manager: Person,
    backfill_order: Sequence[str],
    **more: Unpack[More],
) -> BusinessLine:
    """Found a line as a start-up. Its product manager holds every other role in an acting capacity
    until somebody is found for it. Only the chief product officer starts one.
    """
    if not is_cpo(actor):
        raise NotYours(_("A line is started as a start-up by the chief product officer."))
    order = _order(backfill_order) if backfill_order else []
    zone = more.get("time_zone") or "UTC"
    line = found_line(
        actor=actor, name=name, purpose=purpose, time_zone=zone,
        start_up=True, backfill_order=order,
    )  # fmt: skip
    first = add_team(actor=actor, line=line, name=more.get("team") or name)
    for role in dict.fromkeys([Role.PRODUCT_MANAGER, *LINE_ROLES, *order]):
        add_membership(
            actor=actor,
            person=product_manager,
            role=role,
            line=line,
            team=None if role in OF_THE_LINE else first,
            acting=role != Role.PRODUCT_MANAGER,
            move=more.get("move", False),
        )
    StartUp.objects.create(line=line, product_manager=product_manager)
    return line


@transaction.atomic
def declare_order(
    *, actor: Person, line: BusinessLine, backfill_order: Sequence[str]
) -> BusinessLine:
    """Say in which order the roles are filled: the officer or the line's product manager."""
    if not may_order(actor, line):
        raise NotYours(
            _("The order is declared by the chief product officer and the line's product manager.")
        )
    locked: BusinessLine = BusinessLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    locked.backfill_order = _order(backfill_order)
    locked.save(update_fields=["backfill_order"])
    return locked


def may_order(person: Any, line: BusinessLine) -> bool:
    """Who declares the order in which roles are filled."""
    return is_admin(person) or is_cpo(person) or has_role(person, Role.PRODUCT_MANAGER, line=line)


def follow_start(*, start: StartUp, step: str) -> None:
    """What a step of a start-up means for the line and its roles; in the step's transaction."""
    line = start.line
    if step == "invest" and start.leadership == StartUp.Leadership.PRODUCT_MANAGER:
        acting = Membership.objects.filter(
            line=line, role=Role.BUSINESS_LEADER, acting=True, ended_at=None
        )
        for held in acting.filter(person=start.product_manager).select_for_update(no_key=True):
            held.acting = False
            held.save(update_fields=["acting"])
    still = step not in ("stand", "stop")
    if line.start_up != still:
        line.start_up = still
        line.save(update_fields=["start_up"])


def _order(roles: Sequence[str]) -> list[str]:
    known = [role for role in dict.fromkeys(roles) if role in LINE_ROLES]
    if not known:
        raise NotAllowed(_("Name at least one role in the order in which they are to be filled."))
    return [str(role) for role in dict.fromkeys([*known, *LINE_ROLES])]
