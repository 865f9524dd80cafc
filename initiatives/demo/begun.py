"""How Lending began: researched by its product manager, invested in, half of its roles filled."""

from accounts.actions import declare_order
from accounts.models import Role
from config.flow.telling import take_told
from initiatives.demo.company import Company
from initiatives.demo.walk import Walk
from kpis.models import KPI

ORDER = [
    Role.TPM,
    Role.ARCHITECT,
    Role.ENGINEER,
    Role.GROWTH,
    Role.DESIGNER,
    Role.QA,
    Role.COMPLIANCE,
    Role.SUPPORT,
    Role.PRODUCT_OPERATIONS_LEAD,
    Role.FINANCE,
    Role.BUSINESS_LEADER,
]


def tell_start(company: Company, kpis: dict[str, KPI]) -> None:
    """Evidence from shopkeepers, a verdict by somebody else, and the officer's decision."""
    lending, officer = company.lines["lending"], company.shared["cpo"]
    walk = Walk.request(
        lending,
        "growth",
        lending["growth"],
        title="Do small shops borrow for stock",
        problem="Shops turn customers away in season because the shelf is empty.",
        affected="Shops with a turnover below 20 000 a month",
    )
    walk.prepare().step("accept", "product_manager").believe(kpis["Loan decision time"], "24")
    declare_order(actor=lending["product_manager"], line=lending.line, backfill_order=ORDER)
    take_told(
        lending.line.start,
        "invest",
        actor=officer,
        given={
            "leadership": "leader",
            "note": "Two of three shops asked for it, and the pilot paid back.",
        },
    )
