"""API tokens: one's own, and everybody's for administrators."""

from types import SimpleNamespace

from accounts.actions import make_personal_token
from tests.laws.permissions import Row

OWN = {"anonymous": 302, "*": 404, "requester": 200, "administrator": 200}
ADMIN = {"anonymous": 302, "*": 403, "product_manager": 403, "administrator": 200}
ADMIN_API = {**ADMIN, "anonymous": 401}
NEW = {"name": "Nightly report", "scope": "read", "days": 30}


def world(cast):
    token, _secret = make_personal_token(actor=cast.requester, name="Mine", scope="read", days=9)
    return SimpleNamespace(token=token)


def of_token(made):
    return {"pk": made.token.pk}


ROWS = [
    Row("own_tokens", {"anonymous": 302, "*": 200}),
    Row("own_tokens", {"anonymous": 302, "*": 201}, method="post", data=NEW),
    Row("own_tokens", {"*": 422}, method="post", data={**NEW, "scope": "admin"}),
    Row("service_tokens", ADMIN),
    Row("service_tokens", {**ADMIN, "administrator": 201}, method="post", data=NEW),
    Row("token", OWN, kwargs=of_token),
    Row(
        "token",
        {**OWN, "requester": 302, "administrator": 302},
        kwargs=of_token,
        method="post",
        data={"name": "Another"},
    ),
    Row(
        "token_revoke",
        {**OWN, "requester": 302, "administrator": 302},
        kwargs=of_token,
        method="post",
    ),
    Row("api_tokens", {"anonymous": 401, "*": 200}),
    Row("api_tokens", {"anonymous": 401, "*": 201}, method="post", data=NEW),
    Row("api_tokens", {"*": 403}, method="post", data={**NEW, "scope": "admin"}),
    Row("api_token", {"anonymous": 401, "*": 404, "requester": 200}, kwargs=of_token),
    Row(
        "api_token",
        {"anonymous": 401, "*": 404, "requester": 200},
        kwargs=of_token,
        method="patch",
        data={"name": "Another"},
    ),
    Row(
        "api_token",
        {"anonymous": 401, "*": 404, "requester": 204},
        kwargs=of_token,
        method="delete",
    ),
    Row("api_service_tokens", ADMIN_API),
    Row("api_service_tokens", {**ADMIN_API, "administrator": 201}, method="post", data=NEW),
    Row("api_service_token", ADMIN_API, kwargs=of_token),
    Row("api_service_token", {**ADMIN_API, "administrator": 204}, kwargs=of_token, method="delete"),
]
