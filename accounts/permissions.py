"""What a person is to a line or the company. Every other app's permits are built on these."""

from typing import Any

from accounts.models import Membership, Person, Role


def is_admin(person: Any) -> bool:
    """Whether the person administers this installation."""
    return bool(person.is_authenticated and person.is_active and person.is_staff)


def has_role(person: Any, *roles: str, line: Any = None) -> bool:
    """Whether the person holds one of the roles now: in the given line, company-wide, or anywhere.

    With `line` (a BusinessLine or its id) a role held in another line does not count; a role held
    company-wide counts in every line. Without `line` any holding counts.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    line_id = getattr(line, "pk", line)
    return any(
        held.role in roles and (line_id is None or held.in_line_id in (None, line_id))
        for held in person.current_memberships()
    )


def lines_of(person: Any, *roles: str) -> set[int]:
    """Ids of the lines in which the person holds one of the roles (any role when none is named)."""
    return {
        held.in_line_id
        for held in person.current_memberships()
        if held.in_line_id is not None and (not roles or held.role in roles)
    }


def is_cpo(person: Any) -> bool:
    """Whether the person is the chief product officer."""
    return has_role(person, Role.CPO)


def holders(*roles: str, line: Any = None) -> list[str]:
    """Names of the active people who hold one of the roles in a line (or company-wide)."""
    found = Membership.objects.filter(
        role__in=roles, ended_at=None, person__is_active=True
    ).select_related("person", "team")
    line_id = getattr(line, "pk", line)
    return sorted(
        {m.person.name for m in found if line_id is None or m.in_line_id in (None, line_id)}
    )


def people_with_role(*roles: str, line: Any = None) -> list[Person]:
    """The active people who hold one of the roles in a line (or company-wide), by name."""
    found = Membership.objects.filter(
        role__in=roles, ended_at=None, person__is_active=True
    ).select_related("person", "team")
    line_id = getattr(line, "pk", line)
    people = {m.person for m in found if line_id is None or m.in_line_id in (None, line_id)}
    return sorted(people, key=lambda p: (p.name, p.pk))


def oversees_work(person: Any) -> bool:
    """Whether the person sees everybody's jobs and may try again what gave up."""
    return is_admin(person) or has_role(person, Role.BUSINESS_LEADER, Role.TPM)


def may_staff(person: Any, line: Any) -> bool:
    """Whether the person gives and ends roles in a line: administrators, the CPO, its leader.
    Without a line the role is company-wide, which only an administrator gives.
    """
    if is_admin(person):
        return True
    return line is not None and has_role(person, Role.BUSINESS_LEADER, Role.CPO, line=line)
