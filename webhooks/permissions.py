"""Who keeps webhooks: administrators for the company, a line's leader and TPM for their line. The
chat rooms of a team also belong to its product manager.
"""

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


def leads(person: Any, team: Any) -> bool:
    """Whether the person leads this team as its product manager."""
    return team is not None and team.pk in teams_led(person)


def keeps(person: Any, line: Any, team: Any = None) -> bool:
    """Whether the person keeps what listens there; a team's room is its leader's, too."""
    if may_keep(person, line):
        return True
    return bool(person.is_authenticated and person.is_active) and leads(person, team)


def teams_led(person: Any) -> set[int]:
    """Ids of the teams the person leads now."""
    if not person.is_authenticated or not person.is_active:
        return set()
    lines = limit_of(person)
    return {
        held.team_id
        for held in person.current_memberships()
        if held.team_id is not None
        and held.role == Role.PRODUCT_MANAGER
        and (lines is None or held.in_line_id in lines)
    }


def keeps_rooms(person: Any) -> bool:
    """Whether there is any line or team whose chat rooms the person keeps."""
    return keeps_any(person) or bool(teams_led(person))


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
