"""What the page of one's own way in shows."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from accounts.entry import recovery
from accounts.entry.places import in_words
from accounts.entry.rules import must_have_factor
from accounts.models import Session, SignInEvent

LATEST = 12


def way_in(person: Any, session_key: str | None) -> dict[str, Any]:
    """Second steps, sessions, company accounts and the latest events of a person."""
    factors = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    passkeys = [f for f in factors if f.type == Authenticator.Type.WEBAUTHN]
    return {
        "app": next((f for f in factors if f.type == Authenticator.Type.TOTP), None),
        "passkeys": [
            {"pk": f.pk, "name": f.wrap().name, "made": f.created_at, "used": f.last_used_at}
            for f in passkeys
        ],
        "factors": len(factors),
        "codes_left": recovery.left(person),
        "must_have": must_have_factor(person),
        "sessions": sessions_of(person, session_key),
        "accounts": list(SocialAccount.objects.filter(user=person).order_by("pk")),
        "events": [
            {"event": e, "device": in_words(e.device)}
            for e in SignInEvent.objects.visible_to(person)[:LATEST]
        ],
        "has_password": person.has_usable_password(),
    }


def sessions_of(person: Any, session_key: str | None) -> list[dict[str, Any]]:
    """The sessions alive, this one first, then by when they were seen."""
    rows = Session.objects.visible_to(person).alive().order_by("-seen_at")
    found = [
        {"row": row, "mine": row.session_key == session_key, "device": in_words(row.device)}
        for row in rows
    ]
    return sorted(found, key=lambda each: not each["mine"])
