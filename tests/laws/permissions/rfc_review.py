"""Who gets what on the addresses of reviews. In the world the RFC is in review, on r2."""

from datetime import timedelta

from django.utils import timezone

from rfc.actions.asking import would_tell
from rfc.actions.delegating import delegate
from tests.factories import rfc as make
from tests.laws.permissions import Row
from tests.laws.permissions import rfc as reading
from tests.laws.permissions.rfc import READ, block, one


def world(cast):
    found = reading.world(cast)
    ends = timezone.localdate() + timedelta(days=3)
    handed = delegate(actor=cast.risk, delegate=cast.support, function="risk", ends_on=ends)
    return {
        **found,
        "handed": handed,
        "draft": make.published_rfc(cast),
        "cast": cast,
        "ends": ends,
    }


def draft(world):
    return {"number": world["draft"].number}


def handed(world):
    return {"pk": world["handed"].pk}


def pair(world):
    return {**one(world), "old": 1, "new": 2}


def hand_over(world):
    ends = world["ends"].isoformat()
    return {"function": "finance", "delegate": world["cast"].growth.pk, "ends_on": ends}


WRITER = {"anonymous": 302, "*": 403, "risk": 403, "administrator": 403, "product_manager": 302}
API_WRITER = {"anonymous": 401, "*": 403, "risk": 403, "administrator": 403, "product_manager": 200}
API_READ = {"anonymous": 401, "*": 200, "product_manager": 200}
MINE = {"anonymous": 302, "*": 404, "product_manager": 404, "risk": 302, "support": 302}

ROWS = [
    Row("rfc_queue", READ),
    Row("rfc_health", READ),
    Row("rfc_delegations", READ),
    Row(
        "rfc_delegations",
        {"anonymous": 302, "*": 403, "product_manager": 403, "finance": 302},
        method="post",
        data=hand_over,
    ),
    Row("rfc_end_delegation", MINE, handed, method="post"),
    Row("rfc_ask", READ, draft),
    Row(
        "rfc_ask",
        {"anonymous": 302, "*": 403, "risk": 403, "product_manager": 302},
        draft,
        method="post",
        data=lambda w: {"listed": listed(w)},
    ),
    Row("rfc_name", READ, one),
    Row("rfc_name", WRITER, one, method="post", data={"name": "for the board", "number": 1}),
    Row(
        "rfc_goes_on",
        {"anonymous": 302, "*": 403, "risk": 403, "product_manager": 302, "business_leader": 302},
        one,
        method="post",
    ),
    Row("api_rfc_compare", API_READ, pair),
    Row("api_rfc_queue", API_READ),
    Row("api_rfc_health", API_READ),
    Row("api_rfc_ask", API_READ, draft),
    Row(
        "api_rfc_ask",
        {"anonymous": 401, "*": 403, "risk": 403, "product_manager": 200},
        draft,
        method="post",
    ),
    Row(
        "api_rfc_looks",
        {"anonymous": 401, "*": 201, "product_manager": 201},
        one,
        method="post",
        data=lambda w: {"people": [w["cast"].support.pk]},
    ),
    Row("api_rfc_looks", {"anonymous": 401, "*": 204, "risk": 204}, one, method="put"),
    Row(
        "api_rfc_reaffirm",
        {"anonymous": 401, "*": 409, "product_manager": 409, "risk": 201},
        one,
        method="post",
        data={"function": "risk", "revision": 2},
    ),
    Row(
        "api_rfc_close_block",
        {"anonymous": 401, "*": 403, "product_manager": 403, "support": 200},
        block,
        method="post",
        data={"note": "There is one."},
    ),
    Row(
        "api_rfc_name",
        API_WRITER,
        one,
        method="post",
        data={"name": "for the board", "revision": 1},
    ),
    Row(
        "api_rfc_goes_on",
        {"anonymous": 401, "*": 403, "risk": 403, "product_manager": 200, "business_leader": 200},
        one,
        method="post",
    ),
    Row("api_rfc_delegations", API_READ),
    Row(
        "api_rfc_delegations",
        {"anonymous": 401, "*": 403, "product_manager": 403, "finance": 201},
        method="post",
        data=hand_over,
    ),
    Row(
        "api_rfc_end_delegation",
        {"anonymous": 401, "*": 404, "risk": 200, "support": 200},
        handed,
        method="post",
    ),
]


def listed(world):
    """The list of people as the product manager sees it."""
    return would_tell(world["draft"], world["cast"].product_manager).listed
