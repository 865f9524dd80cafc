"""Codes of an authenticator app: the seed is sealed for its person, each code is good once.

The package remembers used codes in a cache and seals without knowing the row, so both are done here:
the last step of time used is kept in the row and only a later one opens.
"""

import time
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from config.seal import SealBroken, seal, unseal
from config.sealed import sealed_at

LAST = "last_step"


def bound(person_id: Any) -> str:
    """The row a seed belongs to: a person has one authenticator app."""
    return f"mfa.totp:{person_id}"


def seal_seed(person_id: Any, seed: str) -> str:
    """The seed as the database keeps it."""
    return seal(seed, bound_to=bound(person_id))


sealed_at(
    "mfa.Authenticator",
    "data",
    lambda authenticator: bound(authenticator.user_id),
    inside="secret",
    only={"type": "totp"},
)


def step_now() -> int:
    """The running step of half a minute."""
    return int(time.time()) // int(app_settings.TOTP_PERIOD)


@transaction.atomic
def use_code(authenticator: Authenticator, typed: str) -> bool:
    """Whether this is the code of now and no code of this step was used before; it is used now."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    try:
        seed = unseal(row.data["secret"], bound_to=bound(row.user_id))
    except SealBroken:
        return False
    step = step_now()
    expected = format_hotp_value(hotp_value(seed, step))
    if row.data.get(LAST, 0) >= step or not compare_user_code(actual=typed, expected=expected):
        return False
    row.data[LAST] = step
    row.save(update_fields=["data"])
    return True
