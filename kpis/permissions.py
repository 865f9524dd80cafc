"""Who may do what with KPIs."""

from typing import Any

from accounts.models import Role
from accounts.permissions import has_role, holders, is_admin
from config.flow.permits import permit


def may_add_kpi(person: Any) -> bool:
    """Product managers, business leaders and the CPO introduce KPIs."""
    return is_admin(person) or has_role(
        person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, Role.CPO
    )


def manages_kpi(person: Any, kpi: Any) -> bool:
    """The owner, and the PM or business leader of its line, edit a KPI and record its values."""
    return (
        is_admin(person)
        or kpi.owner_id == person.pk
        or has_role(person, Role.CPO)
        or has_role(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=kpi.line_id)
    )


def keepers(kpi: Any) -> list[str]:
    """Names of the people who edit this KPI and record its values, as far as they are known."""
    leading = holders(Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=kpi.line_id)
    return sorted({kpi.owner.name, *leading})


def _names(target: Any) -> list[str]:
    leaders = holders(Role.BUSINESS_LEADER, line=target.kpi.line_id)
    return sorted({target.kpi.owner.name, *leaders})


@permit("the KPI's owner or the business leader of its line", names=_names)
def commits_target(person: Any, target: Any) -> bool:
    kpi = target.kpi
    return kpi.owner_id == person.pk or has_role(
        person, Role.BUSINESS_LEADER, Role.CPO, line=kpi.line_id
    )
