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


def code_key(person: Any) -> str:
    """What codes and passwords asked again of a person who is known are counted under."""
    return f"person:{person.pk}"


def claim(email: str, place: str | None) -> int | None:
    """Count an attempt before it is judged; None when there were too many already.

    Counted first, attempts at the same moment cannot all pass before one of them is seen.
    """
    who = fingerprint(email)
    SignInAttempt.objects.filter(at__lt=Now() - WINDOW * 4).delete()
    mine = SignInAttempt.objects.create(who=who, address=place)
    if _too_many(who, place):
        # A refused attempt does not make the wait longer.
        mine.delete()
        return None
    return int(mine.pk)


def _too_many(who: str, place: str | None) -> bool:
    recent: Any = SignInAttempt.objects.filter(at__gt=Now() - WINDOW)
    rows: list[Any] = list(
        (recent.filter(who=who) | recent.filter(address=place)).values_list("who", "address")
    )
    together = sum(row == (who, place) for row in rows)
    by_person = sum(row[0] == who for row in rows)
    by_place = sum(row[1] == place for row in rows)
    return bool(together > TOGETHER or by_person > BY_PERSON or by_place > BY_PLACE)


def forget(email: str, place: str | None) -> None:
    """A sign-in succeeded: that person from that place starts afresh."""
    SignInAttempt.objects.filter(who=fingerprint(email), address=place).delete()


def unlock(person: Any) -> None:
    """The person proved by mail who it is: attempts from everywhere are forgotten."""
    told = [fingerprint(person.email or ""), fingerprint(code_key(person))]
    SignInAttempt.objects.filter(who__in=told).delete()
