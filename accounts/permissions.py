"""What a person is to a line or the company. Every other app's permits are built on these."""

from typing import Any

from accounts.models import Membership, Person, Role
from config.flow.asking import asked_once
from config.flow.visibility import administers, limit_of


def is_admin(person: Any) -> bool:
    """Whether the person administers this installation."""
    return administers(person)


def has_role(person: Any, *roles: str, line: Any = None) -> bool:
    """Whether the person holds one of the roles now: in the given line, company-wide, or anywhere.

    With `line` (a BusinessLine or its id) a role held in another line does not count; a role held
    company-wide counts in every line. Without `line` any holding counts.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    line_id = getattr(line, "pk", line)
    lines = limit_of(person)
    if lines is not None and line_id is not None and line_id not in lines:
        return False
    return any(
        held.role in roles and (line_id is None or held.in_line_id in (None, line_id))
        for held in person.current_memberships()
        if lines is None or held.in_line_id is None or held.in_line_id in lines
    )


def lines_of(person: Any, *roles: str) -> set[int]:
    """Ids of the lines in which the person holds one of the roles (any role when none is named)."""
    found = {
        held.in_line_id
        for held in person.current_memberships()
        if held.in_line_id is not None and (not roles or held.role in roles)
    }
    lines = limit_of(person)
    return found if lines is None else found & lines


def is_cpo(person: Any) -> bool:
    """Whether the person is the chief product officer."""
    return has_role(person, Role.CPO)


def holders(*roles: str, line: Any = None) -> list[str]:
    """Names of the active people who hold one of the roles in a line (or company-wide)."""
    line_id = getattr(line, "pk", line)
    found = held_by(*map(str, roles))
    return sorted(
        {
            name
            for name, team, of_team, in_line in found
            if line_id is None or (of_team if team else in_line) in (None, line_id)
        }
    )


@asked_once
def held_by(*roles: str) -> list[Any]:
    """Who holds one of the roles now, as `held_rows`."""
    return list(held_rows(*roles))


def held_rows(*roles: str) -> Any:
    """Name, team, the team's line and the line of every holding; no line is everywhere."""
    found = Membership.objects.filter(role__in=roles, ended_at=None, person__is_active=True)
    return found.values_list("person__name", "team_id", "team__line_id", "line_id")


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
    if limit_of(person) is not None:
        return False
    return is_admin(person) or has_role(person, Role.BUSINESS_LEADER, Role.TPM)


def invites(person: Any) -> bool:
    """Whether the person invites anybody: administrators, the CPO, leaders of a line."""
    return is_admin(person) or has_role(person, Role.BUSINESS_LEADER, Role.CPO)


def may_staff(person: Any, line: Any) -> bool:
    """Whether the person gives and ends roles in a line: administrators, the CPO, its leader.
    Without a line the role is company-wide, which only an administrator gives.
    """
    if not person.is_authenticated:
        return False
    if is_admin(person):
        return True
    return line is not None and has_role(person, Role.BUSINESS_LEADER, Role.CPO, line=line)


def may_found(person: Any) -> bool:
    """Whether the person founds, renames and closes lines: administrators and the CPO."""
    return is_admin(person) or (person.is_authenticated and has_role(person, Role.CPO))


def may_staff_somewhere(person: Any) -> bool:
    """Whether there is any line in which the person gives roles."""
    return may_found(person) or (person.is_authenticated and has_role(person, Role.BUSINESS_LEADER))


def lines_staffed_by(person: Any) -> set[int] | None:
    """Ids of the lines in which the person gives roles; None is every line."""
    return None if may_found(person) else lines_of(person, Role.BUSINESS_LEADER)


def may_give(person: Any, role: str, line: Any) -> bool:
    """Whether the person gives this role there. Nobody gives more than the own right: the role of
    the chief product officer comes from an administrator only.
    """
    return may_staff(person, line) and (role != Role.CPO or is_admin(person))


def may_see_off(person: Any, leaver: Person) -> bool:
    """Whether the person takes somebody out of the company: administrators and the CPO; an
    administrator only by another one, and nobody oneself.
    """
    if not person.is_authenticated or person.pk == leaver.pk:
        return False
    return is_admin(person) or (may_found(person) and not leaver.is_staff and not is_cpo(leaver))
