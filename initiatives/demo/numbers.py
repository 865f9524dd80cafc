"""The KPIs of Harbourlight with a year of observations. Values follow a seed, so they repeat."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from config.flow.steps import take
from initiatives.demo.company import Company
from kpis.actions.kpi import introduce_kpi, link_metrics
from kpis.actions.observation import Measured, record_observations
from kpis.actions.target import propose_target
from kpis.models import KPI

WEEKS = 52


@dataclass(frozen=True)
class Plan:
    """One KPI: where it started a year ago, where it is now, where it should go."""

    name: str
    line: str
    unit: str
    direction: str
    start: float
    now: float
    goal: float | None
    wobble: float
    definition: str
    formula: str = ""


PLANS = (
    Plan(
        "Active shops per week",
        "payments",
        "%",
        "up",
        48.0,
        54.1,
        60.0,
        0.6,
        "Share of signed-up shops with at least five payouts in a week.",
        "shops with ≥ 5 payouts ÷ signed-up shops",
    ),
    Plan(
        "Dispute first response",
        "payments",
        "h",
        "down",
        7.5,
        9.4,
        6.0,
        0.4,
        "Median hours from a dispute to the first answer of a person.",
    ),
    Plan(
        "Failed card payments",
        "payments",
        "%",
        "down",
        3.1,
        2.6,
        2.0,
        0.15,
        "Share of card payments that fail for a reason the shop cannot change.",
    ),
    Plan(
        "Savers with a goal",
        "savings",
        "%",
        "up",
        31.0,
        38.5,
        45.0,
        0.8,
        "Share of savers who named what they save for.",
    ),
    Plan(
        "Monthly deposits",
        "savings",
        "€",
        "up",
        412_000,
        486_000,
        560_000,
        9000,
        "Sum of all deposits in a month, refunds taken off.",
    ),
    Plan(
        "Loan decision time",
        "lending",
        "h",
        "down",
        52.0,
        41.0,
        24.0,
        2.5,
        "Median hours from a complete application to a decision.",
    ),
    Plan(
        "Loans paid back on time",
        "lending",
        "%",
        "up",
        91.0,
        92.3,
        None,
        0.5,
        "Share of instalments paid within three days of their date.",
    ),
    Plan(
        "Shops that recommend us",
        "",
        "points",
        "up",
        34.0,
        41.0,
        45.0,
        1.2,
        "Shops that would recommend Harbourlight less those that would not.",
    ),
)


def measure_company(company: Company) -> dict[str, KPI]:
    """Introduce every KPI, record its year, commit its target. KPIs by name."""
    kpis = {plan.name: _introduce(company, plan) for plan in PLANS}
    star = kpis["Shops that recommend us"]
    for name in ("Active shops per week", "Dispute first response", "Failed card payments"):
        link_metrics(driver=kpis[name], driven=star, actor=company.shared["cpo"], kind="influence")
    return kpis


def _introduce(company: Company, plan: Plan) -> KPI:
    owner = company.lines[plan.line]["product_manager"] if plan.line else company.shared["cpo"]
    kpi = introduce_kpi(
        actor=owner,
        name=plan.name,
        definition=plan.definition,
        formula=plan.formula,
        unit=plan.unit,
        direction=plan.direction,
        scope="line" if plan.line else "company",
        line=company.lines[plan.line].line if plan.line else None,
        owner=owner,
        source="Warehouse",
        cadence="weekly",
    )
    recorded = record_observations(
        kpi=kpi, actor=owner, values=_year(plan), provenance="Warehouse, weekly job"
    )
    if plan.goal is not None:
        _aim(kpi, plan, owner, recorded.rows)
    return kpi


def _year(plan: Plan) -> list[Measured]:
    chance = Random(plan.name)  # noqa: S311 - a repeatable curve, not a secret
    today = timezone.localdate()
    last = today - timedelta(days=today.weekday() + 1)
    values = []
    for week in range(WEEKS):
        if week in (17, 18) and plan.name == "Dispute first response":
            continue  # a gap stays a gap
        share = week / (WEEKS - 1)
        level = plan.start + (plan.now - plan.start) * share
        drift = 0.0 if week == WEEKS - 1 else chance.gauss(0, plan.wobble)
        value = Decimal(str(round(level + drift, 2 if plan.unit != "€" else 0)))
        values.append(Measured(last - timedelta(weeks=WEEKS - 1 - week), value))
    return values


def _aim(kpi: KPI, plan: Plan, owner: Any, rows: list[Any]) -> None:
    today = timezone.localdate()
    proposed = propose_target(
        kpi=kpi,
        actor=owner,
        value=Decimal(str(plan.goal)),
        start_date=today - timedelta(days=60),
        due_date=_quarter_end(today),
        owner=owner,
        confidence=60,
        baseline_from=rows[:4],
    )
    take(proposed, "commit", actor=owner)


def _quarter_end(today: date) -> date:
    return today + timedelta(days=130)
