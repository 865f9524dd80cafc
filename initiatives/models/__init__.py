"""The initiative and what hangs on it, one noun per file."""

from initiatives.models.bulk_edit import BulkEdit
from initiatives.models.comment import InitiativeComment, Mention
from initiatives.models.coordination import (
    CollisionNote,
    Contribution,
    LineCondition,
    LineDisclaimer,
)
from initiatives.models.deepdive import Attachment, DeepDive, SignOff
from initiatives.models.evidence import Evidence, Hypothesis, ValidationVerdict
from initiatives.models.follow import Follow, HomeLook
from initiatives.models.framework import FrameworkVersion, LineScoring, ScoringFramework
from initiatives.models.gate_summary import GateDoubt, GateSummary
from initiatives.models.initiative import Initiative, InitiativeLine, InitiativeStep
from initiatives.models.jira import JiraConnection, JiraItem
from initiatives.models.mockup import (
    DesignComment,
    MockupFile,
    MockupSet,
    MockupVersion,
    Screen,
    ScreenExemption,
    ScreenState,
)
from initiatives.models.note import ResearchNote
from initiatives.models.promise import KpiPromise
from initiatives.models.ranking import (
    Lane,
    Ranking,
    RankingChange,
    RankingEntry,
    RankingStep,
)
from initiatives.models.referral import Referral, ReferralStep
from initiatives.models.saved_view import LastLook, SavedView, ViewMark
from initiatives.models.score import ScoreInput
from initiatives.models.session import (
    ScoringSession,
    SessionItem,
    SessionScore,
    SessionSeat,
    SessionStep,
)
from initiatives.models.source import EvidenceRule, Source
from initiatives.models.sprint import Sprint
from initiatives.models.study import Study, StudyTask
from initiatives.models.ticket import AcceptanceCriterion, SubTask, TestCase, Ticket
from initiatives.models.waiver import InitiativeWaiver

__all__ = [
    "AcceptanceCriterion",
    "Attachment",
    "BulkEdit",
    "CollisionNote",
    "Contribution",
    "DeepDive",
    "DesignComment",
    "Evidence",
    "EvidenceRule",
    "Follow",
    "FrameworkVersion",
    "GateDoubt",
    "GateSummary",
    "HomeLook",
    "Hypothesis",
    "Initiative",
    "InitiativeComment",
    "InitiativeLine",
    "InitiativeStep",
    "InitiativeWaiver",
    "JiraConnection",
    "JiraItem",
    "KpiPromise",
    "Lane",
    "LastLook",
    "LineCondition",
    "LineDisclaimer",
    "LineScoring",
    "Mention",
    "MockupFile",
    "MockupSet",
    "MockupVersion",
    "Ranking",
    "RankingChange",
    "RankingEntry",
    "RankingStep",
    "Referral",
    "ReferralStep",
    "ResearchNote",
    "SavedView",
    "ScoreInput",
    "ScoringFramework",
    "ScoringSession",
    "Screen",
    "ScreenExemption",
    "ScreenState",
    "SessionItem",
    "SessionScore",
    "SessionSeat",
    "SessionStep",
    "SignOff",
    "Source",
    "Sprint",
    "Study",
    "StudyTask",
    "SubTask",
    "TestCase",
    "Ticket",
    "ValidationVerdict",
    "ViewMark",
]
