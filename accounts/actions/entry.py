"""Verbs about the own way in: sessions, the password, second steps, and the installation's rule."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.letters import write_letter
from accounts.entry import recovery
from accounts.entry.events import Kind, happened
from accounts.models import Person, RecoveryCode, Session, SignInEvent, SignInRule
from accounts.permissions import is_admin
from config.flow.errors import NotAllowed, NotYours
from config.web.words import one_line

# So many letters say at least something of how somebody was known.
LEAST_SAID = 8


@transaction.atomic
def end_sessions(
    *, person: Person, public_id: Any = None, but: str | None = None, request: Any = None
) -> int:
    """End one session of a person, or all of them but the one named by its key. Says how many."""
    found = Session.objects.filter(person=person)
    if public_id is not None:
        found = found.filter(public_id=public_id)
    if but:
        found = found.exclude(session_key=but)
    ended = found.delete()[0]
    if ended and request is not None:
        happened(person, Kind.SESSION_ENDED, request, str(ended))
    return int(ended)


@transaction.atomic
def end_sessions_of(*, actor: Person, person: Person) -> int:
    """End every session of somebody, as after a lost device; the person is told by mail. Says how many."""
    if not is_admin(actor):
        raise NotYours(_("Sessions of other people are ended by administrators."))
    ended = end_sessions(person=person)
    if ended:
        happened(person, Kind.SESSION_ENDED, None, f"{ended}, by {actor}")
        last = SignInEvent.objects.filter(person=person).values_list("pk", flat=True).first()
        write_letter(
            person,
            key=f"door:{last}:{person.pk}",
            subject="You were signed out of Gateline everywhere",
            text=(
                f"{actor} ended all your sessions. Sign in again to go on.\n\n"
                "If you do not know why, ask."
            ),
            path="/settings/security",
        )
    return ended


@transaction.atomic
def change_password(*, person: Person, password: str, request: Any) -> None:
    """Set one's own password; every other session ends, and a mail tells of it."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person=person, but=request.session.session_key)
    tell_of_change(person, Kind.PASSWORD, request)


@transaction.atomic
def make_recovery_codes(*, person: Person, request: Any) -> list[str]:
    """Ten new codes, told once; the former ones are void."""
    codes = recovery.make_codes(person)
    happened(person, Kind.CODES_MADE, request)
    return codes


@transaction.atomic
def forget_factors(*, person: Person, checked: str) -> int:
    """Remove every second step of somebody who lost them all; for whoever runs the installation.
    `checked` says how it was made sure who asks: it stays in the trail and stands in the mail.
    """
    checked = one_line(checked)
    if len(checked) < LEAST_SAID:
        raise NotAllowed("Say in a few words how you made sure who asks.")
    removed = Authenticator.objects.filter(user=person).delete()[0]
    drop_recovery_codes(person=person)
    end_sessions(person=person)
    tell_of_change(person, Kind.FACTOR_REMOVED, None, f"all of them, by the operator; {checked}")
    return int(removed)


def drop_recovery_codes(*, person: Person) -> None:
    """Without a second step there is nothing to recover."""
    RecoveryCode.objects.filter(person=person).delete()


@transaction.atomic
def change_sign_in_rule(
    *, actor: Person, everybody: bool, administrators: bool, roles: list[str]
) -> SignInRule:
    """Say who must have a second step. It is asked for at the next sign-in of each."""
    if not is_admin(actor):
        raise NotYours("What signing in asks for is decided by administrators.")
    changed: SignInRule = SignInRule.objects.update_or_create(
        pk=SignInRule.ONLY,
        defaults={"everybody": everybody, "administrators": administrators, "roles": roles},
    )[0]
    return changed


def tell_of_change(person: Any, kind: str, request: Any, note: str = "") -> None:
    """Write the event down, and mail the person about it; call it in the act's transaction."""
    happened(person, kind, request, note)
    last = SignInEvent.objects.filter(person=person).values_list("pk", flat=True).first()
    words = SignInEvent.Kind(kind).label
    write_letter(
        person,
        key=f"door:{last}:{person.pk}",
        subject=f"Your Gateline account {words}",
        text=(
            f"Somebody, hopefully you, {words}{': ' + note if note else ''}.\n\n"
            "If it was not you, choose a new password at once and tell an administrator."
        ),
        path="/settings/security",
    )
