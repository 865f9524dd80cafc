"""Who keeps webhooks: administrators for the company, a line's leader and TPM for their line."""

from typing import Any

from accounts.models import Role
from accounts.permissions import has_role, is_admin, lines_of
from config.flow.visibility import limit_of

KEEPERS = (Role.BUSINESS_LEADER, Role.TPM)


def may_keep(person: Any, line: Any) -> bool:
    """Whether the person registers, changes and replays webhooks there; no line is the company."""
    if not person.is_authenticated or not person.is_active:
        return False
    if is_admin(person):
        return True
    return line is not None and has_role(person, *KEEPERS, line=line)


def lines_kept(person: Any) -> set[int] | None:
    """Ids of the lines whose webhooks the person keeps; None is every line."""
    if not person.is_authenticated or not person.is_active:
        return set()
    lines = limit_of(person)
    everywhere = is_admin(person) or any(
        held.role in KEEPERS and held.in_line_id is None for held in person.current_memberships()
    )
    if everywhere:
        return None if lines is None else set(lines)
    return lines_of(person, *KEEPERS)


def keeps_any(person: Any) -> bool:
    """Whether there is any place where the person keeps webhooks."""
    found = lines_kept(person)
    return found is None or bool(found)
