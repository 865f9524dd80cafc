"""The initiative and what hangs on it, one noun per file."""

from initiatives.models.comment import InitiativeComment
from initiatives.models.deepdive import Attachment, DeepDive, SignOff
from initiatives.models.evidence import Evidence, Hypothesis, ValidationVerdict
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
from initiatives.models.promise import KpiPromise
from initiatives.models.ranking import Lane, Ranking, RankingEntry, RankingStep
from initiatives.models.referral import Referral, ReferralStep
from initiatives.models.score import ScoreInput
from initiatives.models.source import EvidenceRule, Source
from initiatives.models.sprint import Sprint
from initiatives.models.study import Study, StudyTask
from initiatives.models.ticket import AcceptanceCriterion, SubTask, TestCase, Ticket
from initiatives.models.waiver import InitiativeWaiver

__all__ = [
    "AcceptanceCriterion",
    "Attachment",
    "DeepDive",
    "DesignComment",
    "Evidence",
    "EvidenceRule",
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
    "MockupFile",
    "MockupSet",
    "MockupVersion",
    "Ranking",
    "RankingEntry",
    "RankingStep",
    "Referral",
    "ReferralStep",
    "ScoreInput",
    "Screen",
    "ScreenExemption",
    "ScreenState",
    "SignOff",
    "Source",
    "Sprint",
    "Study",
    "StudyTask",
    "SubTask",
    "TestCase",
    "Ticket",
    "ValidationVerdict",
]
