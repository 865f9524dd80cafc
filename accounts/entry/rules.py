"""Whether a person must have a second step, and what a session still owes."""

from typing import Any

from accounts.entry.policy import ALONE, has_factor
from accounts.models import SignInRule

NEEDS = "_needs"
FACTOR, LONGER = "factor", "longer"


def rule() -> SignInRule:
    """The installation's rule; without a row nobody must."""
    return SignInRule.objects.filter(pk=SignInRule.ONLY).first() or SignInRule(pk=SignInRule.ONLY)


def must_have_factor(person: Any) -> bool:
    """Whether the rule names this person."""
    asked = rule()
    if asked.everybody or (asked.administrators and person.is_staff):
        return True
    return bool(asked.roles) and any(m.role in asked.roles for m in person.current_memberships())


def owed(person: Any, *, password: str = "", by_directory: bool = False) -> str:
    """What the person has to mend after this sign-in: a second step, a longer password, or nothing.

    Who comes from the company's directory has given its second step there.
    """
    if by_directory or has_factor(person):
        return ""
    if must_have_factor(person):
        return FACTOR
    return LONGER if password and len(password) < ALONE else ""
