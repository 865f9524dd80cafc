"""What the door's packages tell is written into a person's trail."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from accounts.actions import drop_recovery_codes, tell_of_change
from accounts.entry.events import Kind, happened
from accounts.entry.policy import has_factor
from accounts.entry.rules import NEEDS, owed

WORDS = {"totp": "authenticator app", "webauthn": "passkey"}


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: Any, user: Any, **_more: Any) -> None:
    """By which ways, where, with what."""
    if not hasattr(request, "allauth"):
        return
    records = get_authentication_records(request, user)
    ways = [str(r.get("provider") or r.get("type") or r["method"]) for r in records]
    happened(user, Kind.IN, request, ", ".join(ways))


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(request: Any, user: Any, **_more: Any) -> None:
    """A session ended by its own person."""
    happened(user, Kind.OUT, request)


@receiver(authenticator_added, dispatch_uid="accounts.factor_added")
@transaction.atomic
def factor_added(request: Any, user: Any, authenticator: Any, **_more: Any) -> None:
    """A second step: told by mail."""
    tell_of_change(user, Kind.FACTOR_ADDED, request, _named(authenticator))


@receiver(authenticator_removed, dispatch_uid="accounts.factor_removed")
@transaction.atomic
def factor_removed(request: Any, user: Any, authenticator: Any, **_more: Any) -> None:
    """A second step went; with the last one the recovery codes go."""
    tell_of_change(user, Kind.FACTOR_REMOVED, request, _named(authenticator))
    if not has_factor(user):
        drop_recovery_codes(person=user)
    if needs := owed(user):
        # Who must have a second step owes one at once, not at the next sign-in.
        request.session[NEEDS] = needs


def _named(authenticator: Any) -> str:
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        return f"{WORDS['webauthn']} “{authenticator.wrap().name}”"
    return str(WORDS.get(authenticator.type, authenticator.type))
