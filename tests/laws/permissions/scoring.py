"""Scoring frameworks, blind sessions and the order of a ranking, pages and API."""

from dataclasses import dataclass

from initiatives.actions import ranking as rank
from initiatives.actions import session as sessions
from initiatives.models import Initiative, Ranking, ScoringSession
from tests.factories.scoring import score_all, session_of
from tests.factories.walks import in_discovery
from tests.laws.permissions import Row

PM, BL, ADMIN = "product_manager", "business_leader", "administrator"


@dataclass
class World:
    blind: ScoringSession
    open: ScoringSession
    ranking: Ranking
    fresh: Initiative


def world(cast) -> World:
    """A session that is blind and one that is revealed, and a draft with one entry."""
    blind = session_of(cast)
    shown = session_of(cast)
    for part in (PM, BL):
        score_all(blind, getattr(cast, part))
        score_all(shown, getattr(cast, part))
    shown = sessions.take_session_step(shown, "reveal", actor=cast.product_manager)
    draft = Ranking.objects.filter(line=cast.payments, phase="draft").first()
    draft = draft or rank.draft_ranking(
        line=cast.payments, period="2026-Q4", actor=cast.product_manager
    )
    fresh = in_discovery(cast, title="Fresh one").initiative
    rank.add_to_ranking(ranking=draft, initiative=fresh, actor=cast.product_manager)
    return World(blind, shown, draft, fresh)


def blind(w):
    return {"pk": w.blind.pk}


def shown(w):
    return {"pk": w.open.pk}


def draft(w):
    return {"pk": w.ranking.pk}


def entry(w):
    return {**draft(w), "entry": w.ranking.entries.get(initiative=w.fresh).pk}


def lane(w):
    return {**draft(w), "lane": w.ranking.entries.get(initiative=w.fresh).lane_id}


def step(of, name):
    return lambda w: {**of(w), "step": name}


def start(w):
    numbers = [i.initiative.number for i in w.blind.items.select_related("initiative")]
    return {"line": "payments", "period": "2027-Q2", "initiatives": numbers}


def start_form(w):
    return {**start(w), "initiatives": [i.initiative_id for i in w.blind.items.all()]}


def one_score(w):
    return {"scores": [{"item": w.blind.items.first().pk, "factor": "reach", "value": "3"}]}


def agreed(w):
    return {"values": [{"item": 0, "factor": "reach", "value": "200"}], "note": "Counted."}


def capacity(w):
    lanes = [
        {"id": n.pk, "name": n.name, "share_percent": n.share_percent}
        for n in w.ranking.lanes.all()
    ]
    return {"capacity_points": 30, "lanes": lanes}


SEEN = {"anonymous": 302, "*": 200}
API = {"anonymous": 401, "*": 200}
RICE = {"slug": "rice"}
VERSION = {"formula": "reach", "inputs": [{"name": "reach", "label": "Reach"}]}
CHOICE = {"line": "payments", "framework": "ice"}
RANKS = {"anonymous": 401, "*": 403, PM: 200, BL: 200}

ROWS = [
    Row("framework_list", SEEN),
    Row(
        "framework_list",
        {"anonymous": 302, "*": 403, PM: 302, BL: 302, ADMIN: 302, "tpm": 403},
        method="post",
        data=CHOICE,
    ),
    Row("framework", SEEN, kwargs=RICE),
    Row("framework", {"anonymous": 302, "*": 403, PM: 403, ADMIN: 409}, kwargs=RICE, method="post"),
    Row("framework_new", {"anonymous": 302, "*": 403, PM: 403, "cpo": 403, ADMIN: 200}),
    Row("framework_edit", {"anonymous": 302, "*": 403, PM: 403, ADMIN: 200}, kwargs=RICE),
    Row(
        "framework_edit",
        {"anonymous": 302, "*": 403, PM: 403, ADMIN: 422},
        kwargs=RICE,
        method="post",
        data={"do": "publish"},
    ),
    Row("session_list", SEEN),
    Row(
        "session_list",
        {"anonymous": 302, "*": 403, PM: 302, BL: 302, "tpm": 403},
        method="post",
        data=start_form,
    ),
    Row("session", SEEN, kwargs=blind),
    Row("session", SEEN, kwargs=shown),
    Row(
        "session",
        {"anonymous": 302, "*": 403, "architect": 302, "tpm": 302},
        kwargs=blind,
        method="post",
        data={"form": "join"},
    ),
    Row(
        "session",
        {"anonymous": 302, "*": 403, BL: 302, "tpm": 302, "architect": 403},
        kwargs=blind,
        method="post",
        data={"form": "scores"},
    ),
    Row(
        "session_step",
        {"anonymous": 302, "*": 403, PM: 302, BL: 403, ADMIN: 403},
        kwargs=step(blind, "reveal"),
        method="post",
    ),
    Row("ranking_compare", SEEN, kwargs={"line": "payments"}),
    Row("ranking_compare", {"anonymous": 302, "*": 404}, kwargs={"line": "cards"}),
    Row("api_frameworks", API),
    Row("api_framework", API, kwargs=RICE),
    Row(
        "api_framework",
        {"anonymous": 401, "*": 403, PM: 403, ADMIN: 201},
        kwargs=RICE,
        method="post",
        data=VERSION,
    ),
    Row("api_line_scoring", API, kwargs={"line": "payments"}),
    Row(
        "api_line_scoring",
        {"anonymous": 401, "*": 403, PM: 200, BL: 200, ADMIN: 200},
        kwargs={"line": "payments"},
        method="put",
        data={"framework": "ice"},
    ),
    Row("api_sessions", API),
    Row(
        "api_sessions",
        {"anonymous": 401, "*": 403, PM: 201, BL: 201, "tpm": 403},
        method="post",
        data=start,
    ),
    Row("api_session", API, kwargs=blind),
    Row(
        "api_session",
        {"anonymous": 401, "*": 403, "architect": 200},
        kwargs=blind,
        method="post",
    ),
    Row(
        "api_session",
        {"anonymous": 401, "*": 403, BL: 204, PM: 409},
        kwargs=blind,
        method="delete",
    ),
    Row("api_session_scores", API, kwargs=blind),
    Row(
        "api_session_scores",
        {"anonymous": 401, "*": 403, BL: 200, "tpm": 200, "architect": 403},
        kwargs=blind,
        method="put",
        data=one_score,
    ),
    Row(
        "api_session_table",
        {"anonymous": 401, "*": 409, PM: 409, ADMIN: 409, "cpo": 409},
        kwargs=blind,
    ),
    Row("api_session_table", API, kwargs=shown),
    Row(
        "api_agree",
        {"anonymous": 401, "*": 403, PM: 200, BL: 403, ADMIN: 403},
        kwargs=lambda w: {**shown(w), "item": w.open.items.first().pk},
        method="post",
        data=agreed,
    ),
    Row("api_session_steps", API, kwargs=blind),
    Row(
        "api_session_step",
        {"anonymous": 401, "*": 403, PM: 200, BL: 403},
        kwargs=step(blind, "reveal"),
        method="post",
    ),
    Row("api_ranking_lanes", API, kwargs=draft),
    Row(
        "api_lane_order",
        RANKS,
        kwargs=lane,
        method="put",
        data=lambda w: {"order": list(w.ranking.entries.values_list("pk", flat=True))},
    ),
    Row(
        "api_ranking_undo",
        {**RANKS, PM: 409, BL: 409},
        kwargs=lambda w: {"pk": w.ranking.pk},
        method="post",
    ),
    Row("api_ranking_entry", RANKS, kwargs=entry, method="patch", data={"position": 1}),
    Row(
        "api_ranking_entry",
        {"anonymous": 401, "*": 403, PM: 204, BL: 204},
        kwargs=entry,
        method="delete",
    ),
    Row("api_ranking_capacity", RANKS, kwargs=draft, method="put", data=capacity),
    Row("api_ranking_compare", {"anonymous": 401, "*": 404}, kwargs=draft),
    Row("api_ranking_since", API, kwargs=draft),
]
