"""People, lines, teams, roles and the two lines of reporting. One noun per file."""

from accounts.models.attempt import SignInAttempt
from accounts.models.departure import UNDO_WITHIN, Departure, HandedOver
from accounts.models.digest import Digest
from accounts.models.entry import RecoveryCode, SignInEvent, SignInRule
from accounts.models.follow import Following
from accounts.models.invitation import Invitation, InvitationMail
from accounts.models.line import BusinessLine
from accounts.models.mail import Letter, PasswordResetMail
from accounts.models.membership import Membership
from accounts.models.notice import Notice, NoticeSettings, Reason, Tab
from accounts.models.person import Person
from accounts.models.reporting import Level, ReportingLine
from accounts.models.reports_to import ReportsTo
from accounts.models.role import EXCLUSIVE_ROLES, LINE_ROLES, REVIEW_FUNCTIONS, Role
from accounts.models.session import Session
from accounts.models.start_up import StartUp, StartUpStep
from accounts.models.team import SubTeam, Team
from accounts.models.token import ApiToken, Scope, TokenKind, TokenSignIn

__all__ = [
    "EXCLUSIVE_ROLES",
    "LINE_ROLES",
    "REVIEW_FUNCTIONS",
    "UNDO_WITHIN",
    "ApiToken",
    "BusinessLine",
    "Departure",
    "Digest",
    "Following",
    "HandedOver",
    "Invitation",
    "InvitationMail",
    "Letter",
    "Level",
    "Membership",
    "Notice",
    "NoticeSettings",
    "PasswordResetMail",
    "Person",
    "Reason",
    "RecoveryCode",
    "ReportingLine",
    "ReportsTo",
    "Role",
    "Scope",
    "Session",
    "SignInAttempt",
    "SignInEvent",
    "SignInRule",
    "StartUp",
    "StartUpStep",
    "SubTeam",
    "Tab",
    "Team",
    "TokenKind",
    "TokenSignIn",
]
