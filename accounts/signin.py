"""How many failed sign-ins are let through. Counts live in PostgreSQL, seen by every process."""

from datetime import timedelta
from typing import Any

from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from accounts.models import SignInAttempt

WINDOW = timedelta(minutes=15)
# One person from one place; one person from anywhere; one place for anybody.
TOGETHER, BY_PERSON, BY_PLACE = 5, 30, 60


def fingerprint(email: str) -> str:
    """A keyed hash of the address typed, so that the table holds no addresses."""
    return salted_hmac("gateline.sign-in", email.strip().lower()).hexdigest()


def is_blocked(email: str, place: str | None) -> bool:
    """Whether too many sign-ins failed lately. One query."""
    who = fingerprint(email)
    recent: Any = SignInAttempt.objects.filter(at__gt=Now() - WINDOW)
    rows: list[Any] = list(
        (recent.filter(who=who) | recent.filter(address=place)).values_list("who", "address")
    )
    together = sum(row == (who, place) for row in rows)
    by_person = sum(row[0] == who for row in rows)
    by_place = sum(row[1] == place for row in rows)
    return bool(together >= TOGETHER or by_person >= BY_PERSON or by_place >= BY_PLACE)


def note_failure(email: str, place: str | None) -> None:
    """Count a failed sign-in and throw away counts nobody needs any more."""
    SignInAttempt.objects.filter(at__lt=Now() - WINDOW * 4).delete()
    SignInAttempt.objects.create(who=fingerprint(email), address=place)


def forget(email: str, place: str | None) -> None:
    """A sign-in succeeded: that person from that place starts afresh."""
    SignInAttempt.objects.filter(who=fingerprint(email), address=place).delete()
