"""Recovery codes: ten, shown once, each good once, kept as slow hashes."""

import secrets
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import RecoveryCode

COUNT, GROUP, GROUPS = 10, 4, 4
# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUP))


@transaction.atomic
def make_codes(person: Any) -> list[str]:
    """New codes for a person; those made before are worth nothing any more."""
    RecoveryCode.objects.filter(person=person).delete()
    handles: set[str] = set()
    while len(handles) < COUNT:
        handles.add(_group())
    codes = ["-".join([handle, *(_group() for _ in range(GROUPS - 1))]) for handle in handles]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, handle=code[:GROUP], digest=make_password(code))
        for code in codes
    )
    return codes


def written(typed: str) -> str:
    """A code as it was shown, however it was typed."""
    plain = "".join(sign for sign in typed.lower() if sign.isalnum())
    return "-".join(plain[i : i + GROUP] for i in range(0, len(plain), GROUP))


@transaction.atomic
def use_code(person: Any, typed: str) -> bool:
    """Whether this was an unused code of the person; it is used now."""
    code = written(typed)
    rows = RecoveryCode.objects.select_for_update()
    row = rows.filter(person=person, handle=code[:GROUP], used_at=None).first()
    if row is None or not check_password(code, row.digest):
        return False
    RecoveryCode.objects.filter(pk=row.pk).update(used_at=Now())
    return True


def left(person: Any) -> int:
    """How many codes are unused."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()
