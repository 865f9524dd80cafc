"""What the API's description says of every address alike, and answers where no view answers."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import path

from config.urls import handler404, handler500
from config.urls import urlpatterns as ours
from tests.factories.initiatives import proposed

TOLD = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
OPERATIONS = [o for methods in TOLD["paths"].values() for o in methods.values()]


def broken(request):
    raise RuntimeError("as if by a fault of ours")


__all__ = ["handler404", "handler500", "urlpatterns"]
urlpatterns = [path("api/v1/broken/", broken), *ours]


def test_every_operation_names_its_refusals():
    lacking = [
        o["operationId"]
        for o in OPERATIONS
        if not {"400", "401", "403", "404", "429"} <= set(o["responses"])
    ]
    assert lacking == []
    assert len(OPERATIONS) > 250


def test_every_answer_names_the_headers_of_the_limits():
    answers = [
        TOLD["components"]["responses"][a["$ref"].rsplit("/", 1)[1]] if "$ref" in a else a
        for o in OPERATIONS
        for a in o["responses"].values()
    ]
    assert [a for a in answers if not {"RateLimit", "RateLimit-Policy"} <= set(a["headers"])] == []
    assert "Retry-After" in TOLD["components"]["responses"]["Problem429"]["headers"]


def test_no_type_is_said_twice():
    types = [
        each["type"]
        for shape in TOLD["components"]["schemas"].values()
        for each in shape.get("properties", {}).values()
        if isinstance(each.get("type"), list)
    ]
    assert types
    assert [t for t in types if len(set(t)) < len(t)] == []


def test_what_may_be_null_says_so():
    shapes = TOLD["components"]["schemas"]
    assert shapes["Initiative"]["properties"]["duplicate_of"]["type"] == ["string", "null"]
    assert shapes["Observation"]["properties"]["supersedes"]["type"] == ["integer", "null"]


@pytest.mark.parametrize(("address", "status"), [("nothing", 404), ("broken", 500)])
def test_below_the_api_an_error_is_a_problem(db, settings, address, status):
    settings.ROOT_URLCONF = __name__
    caller = Client(raise_request_exception=False)
    answer = caller.get(f"/api/v1/{address}/")
    told = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, told["status"]) == (status, status)
    assert "fault of ours" not in json.dumps(told).replace(told["detail"], "")


@pytest.mark.parametrize(
    ("address", "lacking"),
    [("/api/v1/sources/", "rule"), ("/api/v1/initiatives/{key}/lines/payments/answer/", "answer")],
)
def test_what_a_write_needs_is_asked_for(cast, api_as, address, lacking):
    """Both once ended in a fault of ours."""
    caller = api_as(cast.administrator)
    if "{key}" in address:
        made = proposed(cast, title="Faster")
        answer = caller.put(address.format(key=made.key), {"note": "Fine"}, format="json")
    else:
        answer = caller.post(address, {"name": "Fair", "fields": []}, format="json")
    assert answer.status_code == 400
    assert {"pointer": f"/{lacking}", "code": "required"}.items() <= answer.json()["errors"][
        0
    ].items()
