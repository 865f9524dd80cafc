"""People, lines, teams, roles and the two lines of reporting. One noun per file."""

from accounts.models.line import BusinessLine
from accounts.models.membership import Membership
from accounts.models.person import Person
from accounts.models.reporting import Level, ReportingLine
from accounts.models.role import EXCLUSIVE_ROLES, REVIEW_FUNCTIONS, Role
from accounts.models.team import SubTeam, Team

__all__ = [
    "EXCLUSIVE_ROLES",
    "REVIEW_FUNCTIONS",
    "BusinessLine",
    "Level",
    "Membership",
    "Person",
    "ReportingLine",
    "Role",
    "SubTeam",
    "Team",
]
