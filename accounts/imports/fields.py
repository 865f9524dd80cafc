"""The places a column of people may go to, and how a role at a place is written in a row."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Membership, Role
from config.sheets.kinds import Field

HELD, UNTIL = "held:", "until:"
TODAY = "today"
# What people call roles in lists.
SHORT = {
    "pm": Role.PRODUCT_MANAGER,
    "bl": Role.BUSINESS_LEADER,
    "tpm": Role.TPM,
    "ea": Role.ARCHITECT,
    "architect": Role.ARCHITECT,
    "ux": Role.DESIGNER,
    "designer": Role.DESIGNER,
    "chief product officer": Role.CPO,
    "vpe": Role.VP_ENGINEERING,
    "security": Role.SECURITY,
    "support": Role.SUPPORT,
}


@dataclass(frozen=True)
class Seat:
    """A role at a place, by the names that addresses use; a sub-team by its id."""

    role: str
    line: str = ""
    team: str = ""
    sub_team: str = ""

    @property
    def code(self) -> str:
        """How a row of an import keeps it."""
        return f"{self.role}:{self.line}:{self.team}:{self.sub_team}"

    @classmethod
    def of(cls, code: str) -> "Seat":
        """The seat behind a code."""
        return cls(*code.split(":"))

    @classmethod
    def held(cls, membership: Membership) -> "Seat":
        """The seat somebody holds; team and line must be loaded."""
        team = membership.team
        line = team.line if team else membership.line
        sub = str(membership.sub_team_id or "")
        return cls(membership.role, line.slug if line else "", team.slug if team else "", sub)

    def fits(self, other: "Seat") -> bool:
        """Whether a row that says this means the other; without a sub-team any will do."""
        same = (self.role, self.line, self.team) == (other.role, other.line, other.team)
        return same and self.sub_team in ("", other.sub_team)

    def __str__(self) -> str:
        where = self.team or self.line
        label = str(Role(self.role).label)
        return f"{label}, {where}" if where else label


def people_fields(person: Any) -> list[Field]:
    """Where a column may go. Without scripts and for programs the same."""
    lines = BusinessLine.objects.visible_to(person).open()
    several = _("Several are separated by a semicolon.")
    return [
        Field("email", _("E-mail address"), required=True,
              help=_("The key: the same address is the same person."),
              also=("email", "e mail", "mail", "address", "login")),
        Field("name", _("Name"), required=True, also=("name", "full name", "person", "employee")),
        Field("line", _("Business line"), also=("line", "business line", "business unit", "unit"),
              choices=tuple((line.slug, line.name) for line in lines)),
        Field("team", _("Team"), help=several, also=("team", "product team", "squad")),
        Field("sub_team", _("Sub-team"), also=("sub team", "subteam")),
        Field("role", _("Role"), help=several, also=("role", "function", "job", "job title", "position"),
              choices=tuple((str(r.value), str(r.label)) for r in Role)),
        Field("divisional", _("Reports to, divisional"), help=_("An e-mail address."),
              also=("reports to divisional", "divisional", "reports to", "manager", "line manager")),
        Field("functional", _("Reports to, functional"), help=_("An e-mail address."),
              also=("reports to functional", "functional", "functional manager")),
        Field("from", _("From"), day=True, also=("from", "since", "start", "start date")),
        Field("until", _("Until"), day=True, also=("until", "to", "end", "end date", "last day")),
        Field("invite", _("Mail each new person an invitation"), switch=True,
              help=_("Without it nobody is mailed; you can invite them later.")),
    ]  # fmt: skip
