"""States and edges of the initiative, the ranking and the referral: read as the specification."""

from initiatives.lifecycle.initiative import PHASES, InitiativeLifecycle
from initiatives.lifecycle.ranking import RankingLifecycle
from initiatives.lifecycle.referral import ReferralLifecycle

__all__ = ["PHASES", "InitiativeLifecycle", "RankingLifecycle", "ReferralLifecycle"]
