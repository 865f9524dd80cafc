"""Who gets what on threads, suggestions and decisions. In the world the RFC is in review, on r1."""

from rfc.actions.comments import comment, resolve_comment
from rfc.actions.decisions import About, Said, record_decision
from tests.factories import rfc as make
from tests.laws.permissions import Row

QUOTE = "What we say about scope."
READ = {"anonymous": 302, "*": 200, "product_manager": 200, "risk": 200}
SENT = {"anonymous": 302, "*": 302, "product_manager": 302, "risk": 302}
SETTLES = {"anonymous": 302, "*": 403, "designer": 403, "risk": 302, "product_manager": 302}
WRITES = {"anonymous": 302, "*": 403, "risk": 403, "administrator": 403, "product_manager": 302}
RECORDS = {"anonymous": 302, "reader": 403, "requester": 403, "outsider": 302, "risk": 302}
API = {"anonymous": 401, "*": 200, "risk": 200}
API_SETTLES = {"anonymous": 401, "*": 403, "designer": 403, "risk": 200, "product_manager": 200}
API_RECORDS = {"anonymous": 401, "reader": 403, "requester": 403, "outsider": 201, "risk": 201}
SAID = {"question": "A?", "decision": "B", "reason": "C"}


def world(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    tied = {"rfc": rfc, "actor": cast.risk, "quote": QUOTE, "section_slug": "scope"}
    settled = comment(**tied, text="Settled?")
    resolve_comment(thread=settled, actor=cast.risk, reason="Yes.")
    return {
        "rfc": rfc,
        "thread": comment(**tied, text="Why?"),
        "settled": settled,
        "swap": comment(**tied, text="So.", replacement="Other words."),
        "decision": record_decision(
            actor=cast.product_manager,
            said=Said("Which first?", "This.", "It is cheaper."),
            decided_by=cast.business_leader,
            about=About([rfc]),
        ),
        "other": make.published_rfc(cast),
        "cast": cast,
    }


def one(world):
    return {"number": world["rfc"].number}


def of(name):
    return lambda world: {**one(world), "pk": world[name].pk}


def decision(world):
    return {"number": world["decision"].number}


def chosen(world):
    return {"threads": [world["swap"].pk]}


def recorded(world):
    person = world["cast"].product_manager.pk
    return {**SAID, "decided_by": person, "decided_date": "2026-01-05"}


def link(world):
    return {"key": world["other"].key}


ROWS = [
    Row("rfc_thread", {"anonymous": 302, "*": 302}, of("thread")),
    Row("rfc_comment_history", READ, of("thread")),
    Row("rfc_edit_comment", {"anonymous": 302, "*": 403, "risk": 200}, of("thread")),
    Row(
        "rfc_edit_comment",
        {"anonymous": 302, "*": 403, "product_manager": 403, "risk": 302},
        of("thread"),
        method="post",
        data={"text": "Why now?"},
    ),
    Row("rfc_reopen", SETTLES, of("settled"), method="post", data={"reason": "No."}),
    Row("rfc_seen", SENT, of("thread"), method="post"),
    Row("rfc_accept", WRITES, of("swap"), method="post"),
    Row("rfc_refuse", SETTLES, of("swap"), method="post", data={"reason": "No."}),
    Row("rfc_suggestions", READ, one),
    Row("rfc_suggestions", WRITES, one, method="post", data=chosen),
    Row("api_rfc_threads", API, one),
    Row(
        "api_rfc_threads",
        {"anonymous": 401, "*": 201, "risk": 201},
        one,
        method="post",
        data={"text": "Hm?"},
    ),
    Row("api_rfc_thread", API, of("thread")),
    Row(
        "api_rfc_thread",
        {"anonymous": 401, "*": 403, "product_manager": 403, "risk": 200},
        of("thread"),
        method="patch",
        data={"text": "Why now?"},
    ),
    Row(
        "api_rfc_thread_answers",
        {"anonymous": 401, "*": 201},
        of("thread"),
        method="post",
        data={"text": "So."},
    ),
    Row("api_rfc_thread_resolve", API_SETTLES, of("thread"), method="post", data={"reason": "So."}),
    Row("api_rfc_thread_reopen", API_SETTLES, of("settled"), method="post", data={"reason": "No."}),
    Row("api_rfc_thread_refuse", API_SETTLES, of("swap"), method="post", data={"reason": "No."}),
    Row(
        "api_rfc_suggestions_accept",
        {"anonymous": 401, "*": 403, "risk": 403, "product_manager": 200},
        one,
        method="post",
        data=chosen,
    ),
    Row("decision_list", READ),
    Row("decision_new", READ),
    Row("decision_new", RECORDS, method="post", data=recorded),
    Row("decision", READ, decision),
    Row("decision_short", {"anonymous": 302, "*": 302}, decision),
    Row(
        "decision_confirm",
        {"anonymous": 302, "*": 403, "product_manager": 403, "business_leader": 302},
        decision,
        method="post",
    ),
    Row("decision_review", READ, decision),
    Row("decision_review", RECORDS, decision, method="post", data={"note": "It holds."}),
    Row("decision_link", READ, decision),
    Row("decision_link", RECORDS, decision, method="post", data=link),
    Row("api_decisions", API),
    Row("api_decisions", API_RECORDS, method="post", data=SAID),
    Row("api_decision", API, decision),
    Row(
        "api_decision_confirm",
        {"anonymous": 401, "*": 403, "product_manager": 403, "business_leader": 200},
        decision,
        method="post",
    ),
    Row("api_decision_reviews", API_RECORDS, decision, method="post", data={"note": "It holds."}),
    Row("api_decision_links", API_RECORDS, decision, method="post", data=link),
]
