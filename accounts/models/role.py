"""The vocabulary of roles. A reviewer's function is one of these roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is to a line, a team or the company."""

    PRODUCT_MANAGER = "product_manager", _("Product manager")
    BUSINESS_LEADER = "business_leader", _("Business leader")
    CPO = "cpo", _("Chief product officer")
    DESIGNER = "designer", _("UX designer")
    TPM = "tpm", _("Technical product manager")
    ARCHITECT = "architect", _("Engineering architect")
    ENGINEER = "engineer", _("Engineer")
    QA = "qa", _("Quality assurance")
    SECURITY = "security", _("Security analyst")
    VP_ENGINEERING = "vp_engineering", _("VP of engineering")
    COMPLIANCE = "compliance", _("Compliance")
    RISK = "risk", _("Risk")
    FINANCE = "finance", _("Finance")
    GROWTH = "growth", _("Growth")
    OPERATIONS = "operations", _("Operations")
    PRODUCT_OPERATIONS_LEAD = "product_operations_lead", _("Product operations lead")
    SUPPORT = "support", _("Technical support")
    REQUESTER = "requester", _("Requester")
    READER = "reader", _("Reader")


# These belong to exactly one team; other functions may be shared between teams.
EXCLUSIVE_ROLES = (
    Role.PRODUCT_MANAGER,
    Role.TPM,
    Role.ARCHITECT,
    Role.PRODUCT_OPERATIONS_LEAD,
)

REVIEW_FUNCTIONS = (
    Role.COMPLIANCE,
    Role.RISK,
    Role.FINANCE,
    Role.GROWTH,
    Role.OPERATIONS,
    Role.SUPPORT,
    Role.ARCHITECT,
    Role.SECURITY,
    Role.QA,
    Role.DESIGNER,
)

# The roles of a line, in the order in which a start-up line fills them.
LINE_ROLES = (
    Role.PRODUCT_MANAGER,
    Role.TPM,
    Role.ARCHITECT,
    Role.DESIGNER,
    Role.ENGINEER,
    Role.QA,
    Role.COMPLIANCE,
    Role.GROWTH,
    Role.PRODUCT_OPERATIONS_LEAD,
    Role.SUPPORT,
    Role.FINANCE,
    Role.BUSINESS_LEADER,
)
