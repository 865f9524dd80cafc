"""Initiatives that walk the real steps with the shared cast; none sets a state field."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from config.flow.steps import take
from initiatives.actions import ranking as rank
from initiatives.demo import papers
from initiatives.demo.company import Line
from initiatives.demo.walk import Walk
from kpis.actions.kpi import introduce_kpi
from kpis.actions.observation import Measured, record_observations
from kpis.actions.target import propose_target

PARTS = {
    "product_manager": "product_manager",
    "business_leader": "business_leader",
    "cpo": "cpo",
    "designer": "designer",
    "tpm": "tpm",
    "architect": "architect",
    "engineer": "engineer",
    "qa": "qa",
    "security": "security",
    "vp_engineering": "vp_engineering",
    "compliance": "compliance",
    "risk": "risk",
    "finance": "finance",
    "growth": "growth",
    "operations": "operations",
    "support": "support",
    "requester": "requester",
}


def payments_line(cast) -> Line:
    """The line Payments of the cast as the walker wants it: people by role."""
    people = {role: getattr(cast, part) for role, part in PARTS.items()}
    return Line(cast.payments, cast.checkout, people)


def measured_kpi(cast, *, line=None, target=True, name="Active shops"):
    """A KPI with four weekly values and, by default, a committed target with a baseline."""
    owner = cast.product_manager
    kpi = introduce_kpi(
        actor=owner,
        name=name,
        definition="Share of shops that are active.",
        unit="%",
        direction="up",
        scope="line",
        line=line or cast.payments,
        owner=owner,
        source="Warehouse",
        cadence="weekly",
    )
    today = timezone.localdate()
    sunday = today - timedelta(days=today.weekday() + 1)
    values = [Measured(sunday - timedelta(weeks=3 - n), Decimal(50 + n)) for n in range(4)]
    rows = record_observations(kpi=kpi, actor=owner, values=values, provenance="Warehouse").rows
    if target:
        proposed = propose_target(
            kpi=kpi,
            actor=owner,
            value=Decimal(60),
            start_date=today,
            due_date=today + timedelta(days=90),
            owner=owner,
            baseline_from=rows,
        )
        take(proposed, "commit", actor=cast.business_leader)
    return kpi


def requested(cast, source="growth", **facts) -> Walk:
    """A request in intake."""
    told = {
        "title": "Instant payout",
        "problem": "Shops wait a night for their money.",
        "affected": "Small shops",
        **facts,
    }
    return Walk.request(payments_line(cast), source, cast.requester, **told)


def in_discovery(cast, **facts) -> Walk:
    return requested(cast, **facts).accept()


def believed(cast, kpi=None, **facts) -> Walk:
    """In discovery with hypothesis, evidence, verdict, promise and score, but no place."""
    kpi = kpi or measured_kpi(cast)
    walk = in_discovery(cast, **facts)
    return walk.believe(kpi, "60").promise(kpi, "57", "63").score(400, "1.5", 5)


def commit_order(cast, *walks) -> object:
    """The walks in a ranking that product manager and business leader committed."""
    pm, bl = cast.product_manager, cast.business_leader
    ranking = rank.draft_ranking(line=cast.payments, period="2026-Q4", actor=pm, capacity_points=90)
    for walk in sorted(walks, key=lambda w: w.initiative.score or 0, reverse=True):
        rank.add_to_ranking(ranking=ranking, initiative=walk.initiative, actor=pm, points=8)
    rank.declare_complete(ranking=ranking, actor=pm, asked=["growth", "qa"], silent=["qa"])
    rank.sign_ranking(ranking=ranking, actor=pm)
    return rank.sign_ranking(ranking=ranking, actor=bl)


def in_rfc(cast, **facts) -> Walk:
    walk = believed(cast, **facts)
    commit_order(cast, walk)
    return walk.step("start-rfc", "product_manager")


def with_accepted_rfc(cast, **facts) -> Walk:
    walk = in_rfc(cast, **facts)
    rfc = papers.ask(walk.line, papers.write_rfc(walk.line, walk.initiative))
    walk.rfc = papers.approve(walk.line, rfc)
    return walk


def in_design(cast, **facts) -> Walk:
    return with_accepted_rfc(cast, **facts).sketch().step("start-design", "product_manager")


def in_deep_dive(cast, **facts) -> Walk:
    return in_design(cast, **facts).draw().step("start-deep-dive", "designer")


def sprint_ready(cast, titles=("See it", "Confirm it"), **facts) -> Walk:
    walk = in_deep_dive(cast, **facts).break_down(titles)
    return walk.step("mark-sprint-ready", "tpm")
