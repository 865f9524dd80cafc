"""Verbs about invitations: send, send anew, revoke, accept."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.actions.membership import add_membership
from accounts.actions.names import a_name
from accounts.entry.events import Kind, happened
from accounts.models import BusinessLine, Invitation, InvitationMail, Person
from accounts.permissions import may_staff
from config.flow.errors import NotAllowed, NotYours


def _must_invite(actor: Person, line: BusinessLine | None) -> None:
    if not may_staff(actor, line):
        raise NotYours(
            f"Into {line} invite administrators, the chief product officer and its business leader."
            if line
            else "Without a line only administrators invite."
        )


def _until() -> Any:
    return Now() + timedelta(days=settings.INVITATION_DAYS)


@transaction.atomic
def invite(
    *, actor: Person, email: str, name: str = "", line: BusinessLine | None = None, role: str = ""
) -> Invitation:
    """Invite somebody by mail, into a line with a role if one is named."""
    _must_invite(actor, line)
    email = email.strip().lower()
    known = Person.objects.active().filter(email__iexact=email).first()
    if known is not None and not known.never_came:
        raise NotAllowed(f"{email} signs in here already; give that person the role instead.")
    if role and line is None:
        raise NotAllowed("A role is held in a line; name the line, or leave the role out.")
    # One that ran out makes room for the next.
    stale = Invitation.objects.filter(
        email__iexact=email, accepted_at=None, revoked_at=None, expires_at__lte=Now()
    )
    for old in stale.select_for_update():
        old.revoked_at = Now()
        old.save(update_fields=["revoked_at"])
    try:
        with transaction.atomic():
            made = Invitation.objects.create(
                email=email,
                name=name,
                line=line,
                role=role,
                invited_by=actor,
                expires_at=_until(),
            )
    except IntegrityError:
        raise NotAllowed(f"{email} is invited already; send that invitation again.") from None
    InvitationMail.objects.create(invitation=made, serial=made.serial)
    return made


@transaction.atomic
def send_invitation_again(*, actor: Person, invitation: Invitation) -> Invitation:
    """Another mail with another link; the former link is void, the days begin anew."""
    locked = _locked(actor, invitation)
    locked.serial += 1
    locked.expires_at = _until()
    locked.save(update_fields=["serial", "expires_at"])
    InvitationMail.objects.create(invitation=locked, serial=locked.serial)
    return locked


@transaction.atomic
def revoke_invitation(*, actor: Person, invitation: Invitation) -> Invitation:
    """Make its link void. Revoking a revoked one changes nothing."""
    locked = _locked(actor, invitation, revoked_too=True)
    if locked.revoked_at is None:
        locked.revoked_at = Now()
        locked.save(update_fields=["revoked_at"])
    return locked


def _locked(actor: Person, invitation: Invitation, *, revoked_too: bool = False) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("line").get(pk=invitation.pk)
    _must_invite(actor, locked.line)
    if locked.accepted_at is not None:
        raise NotAllowed(f"{locked.email} has accepted it already.")
    if locked.revoked_at is not None and not revoked_too:
        raise NotAllowed("This invitation is revoked; invite anew.")
    return locked


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, name: str, password: str, request: Any = None
) -> Person:
    """The invited person joins: once, in time, with the role if the inviter may still give it."""
    open_ones = Invitation.objects.select_for_update(of=("self",), no_key=True).open()
    found = open_ones.filter(pk=invitation.pk, serial=invitation.serial)
    locked = found.select_related("line", "invited_by").first()
    if locked is None:
        raise NotAllowed("This invitation was used, revoked or is too old. Ask for another one.")
    person = Person.objects.filter(email__iexact=locked.email).first()
    if person is not None and person.is_active and not person.never_came:
        raise NotAllowed("You are here already: sign in.")
    person = person or Person(email=locked.email)
    person.name, person.is_active = a_name(name), True
    person.set_password(password)
    person.save()
    locked.accepted_at, locked.accepted_by = Now(), person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    inviter = locked.invited_by
    if locked.role and inviter.is_active and may_staff(inviter, locked.line):
        add_membership(actor=inviter, person=person, role=locked.role, line=locked.line)
    happened(person, Kind.INVITED, request, f"by {inviter}")
    return person
