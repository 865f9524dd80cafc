"""States and edges of the initiative, the ranking, the session and the referral: read as the specification."""

from initiatives.lifecycle.initiative import PHASES, InitiativeLifecycle
from initiatives.lifecycle.ranking import RankingLifecycle
from initiatives.lifecycle.referral import ReferralLifecycle
from initiatives.lifecycle.session import SessionLifecycle

__all__ = [
    "PHASES",
    "InitiativeLifecycle",
    "RankingLifecycle",
    "ReferralLifecycle",
    "SessionLifecycle",
]
