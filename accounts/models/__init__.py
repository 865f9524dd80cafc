"""People, lines, teams, roles and the two lines of reporting. One noun per file."""

from accounts.models.attempt import SignInAttempt
from accounts.models.line import BusinessLine
from accounts.models.mail import PasswordResetMail
from accounts.models.membership import Membership
from accounts.models.person import Person
from accounts.models.reporting import Level, ReportingLine
from accounts.models.role import EXCLUSIVE_ROLES, LINE_ROLES, REVIEW_FUNCTIONS, Role
from accounts.models.team import SubTeam, Team

__all__ = [
    "EXCLUSIVE_ROLES",
    "LINE_ROLES",
    "REVIEW_FUNCTIONS",
    "BusinessLine",
    "Level",
    "Membership",
    "PasswordResetMail",
    "Person",
    "ReportingLine",
    "Role",
    "SignInAttempt",
    "SubTeam",
    "Team",
]
