"""Groups of the company's directory become roles here: those the mapping names, and no others.

`GATELINE_GROUP_ROLES` is a list of {"group", "role", "line"?, "team"?} or {"group", "administrator":
true}. A role the mapping names is given with the group and ended without it; all else is left alone.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.entry.events import Kind, happened
from accounts.models import EXCLUSIVE_ROLES, BusinessLine, Membership, Role, Team


class MappingBroken(ValueError):
    """The mapping names something that is not here. A whole sentence."""


@dataclass(frozen=True)
class Grant:
    """A role in a place."""

    role: str
    line: BusinessLine | None
    team: Team | None

    def held(self, person: Any) -> Any:
        here = Membership.objects.filter(person=person, role=self.role, ended_at=None)
        if self.team is not None:
            return here.filter(team=self.team)
        return here.filter(team=None, line=self.line)

    def __str__(self) -> str:
        return " ".join(
            str(part) for part in (Role(self.role).label, self.team or self.line) if part
        )


def grant_of(told: dict[str, Any]) -> Grant:
    """The role one entry of the mapping names. Raises MappingBroken."""
    role = str(told.get("role", ""))
    if role not in Role.values:
        raise MappingBroken(f"GATELINE_GROUP_ROLES names the role “{role}”, which does not exist.")
    slug, team_slug = told.get("line"), told.get("team")
    if not slug:
        return Grant(role, None, None)
    line = BusinessLine.objects.filter(slug=slug).first()
    if line is None:
        raise MappingBroken(f"GATELINE_GROUP_ROLES names the line “{slug}”, which does not exist.")
    if not team_slug:
        return Grant(role, line, None)
    team = Team.objects.filter(line=line, slug=team_slug).first()
    if team is None:
        raise MappingBroken(
            f"GATELINE_GROUP_ROLES names “{slug}/{team_slug}”, which does not exist."
        )
    return Grant(role, None, team)


@transaction.atomic
def follow_groups(person: Any, groups: list[str], request: Any) -> list[str]:
    """Give and end what the mapping names. Says what changed, and writes it down."""
    changed: list[str] = []
    wanted: dict[Grant, bool] = {}
    for told in settings.GROUP_ROLES:
        has = told.get("group") in groups
        if told.get("administrator"):
            changed += _administrator(person, has)
            continue
        try:
            grant = grant_of(told)
        except MappingBroken as broken:
            happened(person, Kind.REFUSED, request, str(broken))
            continue
        # Two groups may name one role: either keeps it.
        wanted[grant] = wanted.get(grant, False) or has
    # Ended first: a role of one team only may move to another in one go.
    changed += [said for grant, has in wanted.items() if not has for said in _end(person, grant)]
    changed += [said for grant, has in wanted.items() if has for said in _give(person, grant)]
    if changed:
        person.__dict__.pop("_memberships", None)
        happened(person, Kind.ROLES, request, "; ".join(changed))
    return changed


def _end(person: Any, grant: Grant) -> list[str]:
    ended = list(grant.held(person).select_for_update())
    for held in ended:
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
    return [f"ended {grant}"] if ended else []


def _give(person: Any, grant: Grant) -> list[str]:
    if grant.held(person).exists():
        return []
    if grant.role in EXCLUSIVE_ROLES and grant.team is not None:
        elsewhere = Membership.objects.filter(person=person, role=grant.role, ended_at=None)
        if elsewhere.exists():
            return [f"not given {grant}: held in another team"]
    Membership.objects.create(person=person, role=grant.role, line=grant.line, team=grant.team)
    return [f"given {grant}"]


def _administrator(person: Any, has: bool) -> list[str]:
    if person.is_staff == has:
        return []
    person.is_staff = person.is_superuser = has
    person.save(update_fields=["is_staff", "is_superuser"])
    return ["given administrator" if has else "ended administrator"]
