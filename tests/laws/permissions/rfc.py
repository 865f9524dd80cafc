"""Who gets what on every address of RFCs. In the world the RFC is in review, on r2."""

from rfc.actions.comments import comment
from tests.factories import rfc as make
from tests.laws.permissions import Row

READ = {"anonymous": 302, "*": 200, "product_manager": 200, "risk": 200}


def world(cast):
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk")
    block = make.answer(
        rfc,
        cast.support,
        "support",
        "block",
        text="No script.",
        resolution_owner=cast.product_manager,
    )
    make.edit(rfc, cast.product_manager, body=make.body(risks_and_compliance="Other."))
    make.saw(rfc, cast.risk, since=1)
    thread = comment(rfc=rfc, actor=cast.risk, text="Why?", section_slug="scope")
    return {"rfc": rfc, "block": block, "thread": thread, "cast": cast}


def one(world):
    return {"number": world["rfc"].number}


def thread(world):
    return {**one(world), "pk": world["thread"].pk}


def block(world):
    return {**one(world), "pk": world["block"].pk}


def step(name):
    return lambda world: {**one(world), "step": name}


def draft(world):
    draft = world["rfc"].draft
    return {"title": draft.title, "body": draft.body, "row_version": draft.row_version}


def version(world):
    return {"row_version": world["rfc"].row_version, "stands_alone_reason": "Ours."}


def tag(world):
    return {"body": "## A\n\nText"}


REVIEWER = {
    "anonymous": 302,
    "*": 403,
    "outsider": 403,
    "product_manager": 403,
    "risk": 200,
    "architect": 200,
}
ROWS = [
    Row("rfc_list", READ),
    Row("rfc_new", READ),
    Row(
        "rfc_new",
        {
            "anonymous": 302,
            "reader": 403,
            "requester": 403,
            "risk": 403,
            "outsider": 302,
            "product_manager": 302,
            "architect": 302,
            "tpm": 302,
        },
        method="post",
        data={"title": "A", "stands_alone_reason": "B"},
    ),
    Row("rfc", READ, one),
    Row("rfc_short", {"anonymous": 302, "*": 302}, one),
    Row("rfc_markdown", READ, one),
    Row("rfc_html", READ, one),
    Row("rfc_pdf", READ, one),
    Row("rfc_revision_markdown", READ, lambda w: {**one(w), "revision": 1}),
    Row("rfc_revision_html", READ, lambda w: {**one(w), "revision": 1}),
    Row("rfc_revision_pdf", READ, lambda w: {**one(w), "revision": 1}),
    Row("rfc_card", READ, one),
    Row("rfc_list_csv", READ),
    Row("rfc_list_json", READ),
    Row("rfc_list_atom", READ),
    Row("rfc_revision", READ, lambda w: {**one(w), "revision": 1}),
    Row("rfc_compare_form", {"anonymous": 302, "*": 302}, one),
    Row("rfc_compare", READ, lambda w: {**one(w), "old": 1, "new": 2}),
    Row("rfc_edit", READ, one),
    Row(
        "rfc_edit",
        {
            "anonymous": 302,
            "*": 403,
            "risk": 403,
            "business_leader": 403,
            "administrator": 403,
            "product_manager": 302,
        },
        one,
        method="post",
        data=draft,
    ),
    Row("rfc_preview", {"anonymous": 302, "*": 200}, one, method="post", data={"text": "x"}),
    Row("rfc_details", READ, one),
    Row(
        "rfc_details",
        {"anonymous": 302, "*": 403, "risk": 403, "product_manager": 302},
        one,
        method="post",
        data=version,
    ),
    Row(
        "rfc_add_function",
        {"anonymous": 302, "*": 403, "risk": 403, "product_manager": 302, "business_leader": 302},
        one,
        method="post",
        data={"function": "qa", "reason": "Load"},
    ),
    Row("rfc_position", REVIEWER, one),
    Row(
        "rfc_position",
        {"anonymous": 302, "*": 403, "product_manager": 403, "risk": 302, "second_risk": 302},
        one,
        method="post",
        data={"function": "risk", "stance": "approve", "revision": 2},
    ),
    Row(
        "rfc_reaffirm",
        {"anonymous": 302, "*": 409, "product_manager": 409, "risk": 302},
        one,
        method="post",
        data={"function": "risk", "revision": "2"},
    ),
    Row(
        "rfc_close_block",
        {"anonymous": 302, "*": 403, "product_manager": 403, "support": 302},
        block,
        method="post",
        data={"reason": "There is one."},
    ),
    Row("rfc_comment", READ, one),
    Row("rfc_comment", {"anonymous": 302, "*": 302}, one, method="post", data={"text": "Hm?"}),
    Row("rfc_answer", {"anonymous": 302, "*": 302}, thread, method="post", data={"text": "So."}),
    Row(
        "rfc_resolve",
        {"anonymous": 302, "*": 403, "risk": 302, "product_manager": 302},
        thread,
        method="post",
        data={"reason": "Said."},
    ),
    Row("rfc_look", READ, one),
    Row("rfc_looked", {"anonymous": 302, "*": 302}, one, method="post"),
    Row(
        "rfc_step",
        {
            "anonymous": 302,
            "*": 403,
            "risk": 403,
            "administrator": 403,
            "business_leader": 403,
            "product_manager": 302,
        },
        step("recall"),
        method="post",
        data={"note": "More to write."},
    ),
    Row("api_rfcs", {"anonymous": 401, "*": 200}),
    Row(
        "api_rfcs",
        {"anonymous": 401, "reader": 403, "product_manager": 201},
        method="post",
        data={"title": "A", "stands_alone_reason": "B"},
    ),
    Row("api_rfc", {"anonymous": 401, "*": 200}, one),
    Row(
        "api_rfc",
        {"anonymous": 401, "*": 403, "risk": 403, "product_manager": 200},
        one,
        "patch",
        data={"language": "de"},
        headers={"If-Match": '"1"'},
    ),
    Row("api_rfc_draft", {"anonymous": 401, "*": 200}, one),
    Row(
        "api_rfc_draft",
        {"anonymous": 401, "*": 403, "risk": 403, "product_manager": 200},
        one,
        method="patch",
        data=tag,
        headers={"If-Match": '"2"'},
    ),
    Row(
        "api_rfc_publish",
        {"anonymous": 401, "*": 403, "product_manager": 200},
        one,
        method="post",
        headers={"If-Match": '"2"'},
    ),
    Row("api_rfc_revisions", {"anonymous": 401, "*": 200}, one),
    Row("api_rfc_revision", {"anonymous": 401, "*": 200}, lambda w: {**one(w), "revision": 1}),
    Row("api_rfc_positions", {"anonymous": 401, "*": 200}, one),
    Row(
        "api_rfc_positions",
        {"anonymous": 401, "*": 403, "product_manager": 403, "risk": 201},
        one,
        method="post",
        data={"function": "risk", "stance": "approve", "revision": 2},
    ),
    Row("api_rfc_steps", {"anonymous": 401, "*": 200}, one),
    Row(
        "api_rfc_step",
        {"anonymous": 401, "*": 403, "business_leader": 200, "cpo": 200},
        step("decline"),
        method="post",
        data={"note": "Too early."},
    ),
]
