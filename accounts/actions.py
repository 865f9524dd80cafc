"""Verbs about people and roles: keyword-only, atomic, typed."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import (
    BusinessLine,
    Membership,
    PasswordResetMail,
    Person,
    Role,
    SubTeam,
    Team,
)
from accounts.permissions import may_staff
from config.flow.errors import NotAllowed, NotYours


@transaction.atomic
def add_membership(
    *,
    actor: Person,
    person: Person,
    role: str,
    line: BusinessLine | None = None,
    team: Team | None = None,
    sub_team: SubTeam | None = None,
    acting: bool = False,
) -> Membership:
    """Give a person a role in a line, a team, or (without both) the company. Refuses a second team
    for roles that belong to one team only.
    """
    team = sub_team.team if sub_team else team
    line = team.line if team else line
    _must_staff(actor, line)
    if not person.is_active:
        raise NotAllowed(f"{person} cannot sign in; activate the person before giving a role.")
    try:
        with transaction.atomic():
            return Membership.objects.create(
                person=person, role=role, line=line, team=team, sub_team=sub_team, acting=acting
            )
    except IntegrityError as error:
        raise _why_not(error, person, role) from None


@transaction.atomic
def end_membership(*, actor: Person, membership: Membership) -> Membership:
    """End a role now; it stays on record. Ending one that has ended changes nothing."""
    held = Membership.objects.select_for_update(of=("self",), no_key=True)
    locked = held.select_related("line", "team__line").get(pk=membership.pk)
    _must_staff(actor, locked.team.line if locked.team else locked.line)
    if locked.ended_at is None:
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])
    return locked


@transaction.atomic
def change_settings(*, person: Person, **settings: Any) -> Person:
    """Change one's own name, time zone, theme or letter keys."""
    allowed = {"name", "time_zone", "theme", "letter_keys", "home_line"}
    kept = {name: value for name, value in settings.items() if name in allowed}
    for name, value in kept.items():
        setattr(person, name, value)
    person.save(update_fields=list(kept))
    return person


@transaction.atomic
def ask_for_password_reset(*, email: str) -> None:
    """Promise a mail to the person who signs in with this address, if there is one. Takes the same
    way for everybody, so that nobody learns who is here.
    """
    person = Person.objects.active().filter(email__iexact=email.strip()).first()
    if person is not None:
        waiting = PasswordResetMail(person=person)
        PasswordResetMail.objects.bulk_create([waiting], ignore_conflicts=True)


def _must_staff(actor: Person, line: BusinessLine | None) -> None:
    if not may_staff(actor, line):
        where = f"in {line}" if line else "for the whole company"
        raise NotYours(
            f"Roles {where} are given and ended by administrators"
            + (", the chief product officer and the line's business leader." if line else ".")
        )


def _why_not(error: IntegrityError, person: Person, role: str) -> NotAllowed:
    name = Role(role).label.lower()
    if "one_team" in str(error):
        return NotAllowed(
            f"{person} is {name} of another team already; this role belongs to exactly one team. "
            "End the other one first."
        )
    return NotAllowed(f"{person} holds this role here already.")
