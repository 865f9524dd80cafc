"""Belief, ranking and coordination, pages and API."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from initiatives.actions import ranking as rank
from initiatives.actions.lines import add_line
from initiatives.models import Initiative, Ranking
from kpis.models import KPI
from tests.factories.walks import believed, in_discovery, measured_kpi
from tests.laws.permissions import Row

PM, BL, CPO, GROWTH = "product_manager", "business_leader", "cpo", "growth"


@dataclass
class World:
    fresh: Initiative
    shared: Initiative
    ranking: Ranking
    kpi: KPI


def world(cast) -> World:
    """One initiative with nothing, one with everything that touches two lines, a draft ranking."""
    kpi = measured_kpi(cast)
    shared = believed(cast, kpi, title="Shared one").initiative
    add_line(initiative=shared, actor=cast.product_manager, line=cast.cards)
    draft = rank.draft_ranking(line=cast.payments, period="2026-Q4", actor=cast.product_manager)
    fresh = in_discovery(cast, title="Fresh one").initiative
    return World(fresh, shared, draft, kpi)


def fresh(w):
    return {"number": w.fresh.number}


def shared(w):
    return {"number": w.shared.number}


def order(w):
    return {"line": "payments", "period": w.ranking.period, "revision": w.ranking.revision}


def ranking(w):
    return {"pk": w.ranking.pk}


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


FINDING = {
    "finding": "They wait.",
    "method": "interview",
    "kind": "qualitative",
    "points": "for",
    "origin": "Autumn",
    "collected_date": in_days(-3),
    "sample": 9,
}
VERDICT = {"outcome": "supported", "reason": "Both say so."}
SCORE = {"factor": "reach", "value": "300"}


def hypothesis(w):
    return {
        "change": "Pay at once",
        "audience": "Shops",
        "kpi": w.kpi.number,
        "target": "60",
        "by_date": in_days(90),
        "pass_rule": "Half of the way.",
    }


def promise(w):
    return {
        "kpi": w.kpi.number,
        "low": "55",
        "high": "60",
        "by_date": in_days(90),
        "method": "Weekly value.",
    }


def sent(form, told):
    """What a tab's page posts: the form's name, and its fields with that prefix."""
    return {"form": form, **{f"{form}-{name}": value for name, value in told.items()}}


def page_promise(w):
    return sent("promise", {**promise(w), "kpi": w.kpi.pk})


def cards_answer(w):
    share = w.shared.lines.get(line__slug="cards")
    return sent("answer", {"share": share.pk, "answer": "accepted"})


def referral(step):
    return lambda w: {**shared(w), "step": step}


SEEN = {"anonymous": 302, "*": 200}
API = {"anonymous": 401, "*": 200}
# The requester of it, and the product manager of the second line it touches, know things too.
COLLECT = {"reader": 403, PM: 302, "requester": 302, "outsider": 302, "anonymous": 302}
# An empty draft is committed to by nobody; who may not is told so first.
RANKS = {"anonymous": 302, "*": 403, PM: 409, BL: 409}


def judged(code):
    return {"*": 403, GROWTH: code, "engineer": 403}


ROWS = [
    Row("api_initiative_lines", API, kwargs=shared),
    Row("initiative_evidence", SEEN, kwargs=fresh),
    Row("initiative_evidence", SEEN, kwargs=shared),
    Row(
        "initiative_evidence", COLLECT, kwargs=shared, method="post", data=sent("evidence", FINDING)
    ),
    Row(
        "initiative_evidence",
        {"anonymous": 302, **judged(302)},
        kwargs=shared,
        method="post",
        data=sent("verdict", VERDICT),
    ),
    Row("initiative_metrics", SEEN, kwargs=fresh),
    Row("initiative_metrics", SEEN, kwargs=shared),
    Row(
        "initiative_metrics",
        {"anonymous": 302, "*": 403, PM: 302},
        kwargs=fresh,
        method="post",
        data=page_promise,
    ),
    Row("initiative_referral", SEEN, kwargs=fresh),
    Row("initiative_referral", SEEN, kwargs=shared),
    Row(
        "initiative_referral",
        {"anonymous": 302, "*": 403, PM: 403, "outsider": 302, "cards_leader": 302},
        kwargs=shared,
        method="post",
        data=cards_answer,
    ),
    Row(
        "referral_step",
        {"anonymous": 302, "*": 403, PM: 403, CPO: 302},
        kwargs=referral("take-coordination"),
        method="post",
    ),
    Row("referral_list", SEEN),
    Row("ranking", SEEN),
    Row(
        "ranking",
        {"anonymous": 302, "*": 403, PM: 409, BL: 409},
        method="post",
        data={"line": "payments", "period": "2026-Q4"},
    ),
    Row("ranking_detail", SEEN, kwargs=order),
    Row("ranking_detail", RANKS, kwargs=order, method="post", data={"form": "sign"}),
    Row("api_hypothesis", {"anonymous": 401, "*": 404}, kwargs=fresh),
    Row("api_hypothesis", API, kwargs=shared),
    Row(
        "api_hypothesis",
        {"anonymous": 401, "*": 403, PM: 200},
        kwargs=fresh,
        method="put",
        data=hypothesis,
    ),
    Row("api_evidence", API, kwargs=shared),
    Row(
        "api_evidence",
        {**COLLECT, "anonymous": 401, PM: 201, "requester": 201, "outsider": 201},
        kwargs=shared,
        method="post",
        data=FINDING,
    ),
    Row("api_verdicts", API, kwargs=shared),
    Row(
        "api_verdicts",
        {"anonymous": 401, **judged(201)},
        kwargs=shared,
        method="post",
        data=VERDICT,
    ),
    Row("api_promises", API, kwargs=shared),
    Row(
        "api_promises",
        {"anonymous": 401, "*": 403, PM: 201},
        kwargs=fresh,
        method="post",
        data=promise,
    ),
    Row("api_score", API, kwargs=shared),
    Row(
        "api_score",
        {"anonymous": 401, "*": 403, PM: 201, "architect": 201, "qa": 403},
        kwargs=shared,
        method="post",
        data=SCORE,
    ),
    Row(
        "api_line_answer",
        {"anonymous": 401, "*": 403, PM: 403, "outsider": 200},
        kwargs=lambda w: {**shared(w), "line": "cards"},
        method="put",
        data={"answer": "accepted"},
    ),
    Row("api_referral_steps", API, kwargs=shared),
    Row(
        "api_referral_step",
        {"anonymous": 401, "*": 403, PM: 403, CPO: 200},
        kwargs=referral("take-coordination"),
        method="post",
    ),
    Row("api_referrals", API),
    Row("api_rankings", API),
    Row(
        "api_rankings",
        {"anonymous": 401, "*": 403, PM: 409, BL: 409},
        method="post",
        data={"line": "payments", "period": "2026-Q4"},
    ),
    Row("api_ranking", API, kwargs=ranking),
    Row(
        "api_ranking",
        {"anonymous": 401, "*": 403, PM: 201, BL: 201},
        kwargs=ranking,
        method="post",
        data=lambda w: {"initiative": w.shared.number},
    ),
    Row(
        "api_ranking_complete",
        {"anonymous": 401, "*": 403, PM: 200},
        kwargs=ranking,
        method="post",
        data={"asked": ["growth"]},
    ),
    Row(
        "api_ranking_sign",
        {"anonymous": 401, "*": 403, PM: 409, BL: 409, "engineer": 403},
        kwargs=ranking,
        method="post",
    ),
    Row("api_ranking_steps", API, kwargs=ranking),
    Row(
        "api_ranking_step",
        {"anonymous": 401, "*": 403, PM: 409, BL: 409},
        kwargs=lambda w: {**ranking(w), "step": "commit"},
        method="post",
    ),
]
