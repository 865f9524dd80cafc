"""Every address of the API asks a token for a scope (T45): the whole table, every method."""

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import get_resolver, reverse
from rest_framework.permissions import SAFE_METHODS
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from config.rest.scopes import ORDER, needed, reaches
from tests.laws.permissions import of
from tests.laws.permissions.test_permission_table import CELLS

# Open to everybody by its nature: the description of the API and the pages that explain it.
OPEN = {"api_schema", "api_docs", "api_problem"}
API_ROWS = [
    c for c in CELLS if c.values[1].name.startswith("api_") and c.values[1].name not in OPEN
]


def views(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern)
        elif issubclass(getattr(pattern.callback, "view_class", object), APIView):
            yield pattern.name, pattern.callback.view_class


def test_every_api_view_signs_in_through_the_one_door():
    own = [
        name
        for name, view in views()
        if name not in OPEN
        and view.authentication_classes != api_settings.DEFAULT_AUTHENTICATION_CLASSES
    ]
    assert own == []


def test_every_route_named_in_the_settings_exists():
    names = {name for name, _view in views()}
    assert names >= settings.API_COMMENT_ROUTES | settings.API_ADMIN_ROUTES
    assert not settings.API_COMMENT_ROUTES & settings.API_ADMIN_ROUTES


def test_every_address_of_the_api_is_tried():
    tried = {c.values[1].name for c in API_ROWS}
    assert {name for name, _view in views()} - tried - OPEN == set()


@pytest.mark.parametrize(("shared", "row"), API_ROWS, indirect=["shared"], scope="module")
def test_a_smaller_scope_is_refused_before_the_view_and_the_right_one_is_not(
    shared, row, db, api_with
):
    cast, world = shared
    address = _address(row, world)
    wanted = needed(row.name, row.method.upper())
    reading = row.method.upper() in SAFE_METHODS and row.name not in settings.API_ADMIN_ROUTES
    assert (wanted == "read") is reading
    # Scopes are ordered, so the one that is asked for and the next smaller one tell all four.
    for scope in ORDER[max(ORDER.index(wanted) - 1, 0) : ORDER.index(wanted) + 1]:
        answer = _ask(api_with(cast.administrator, scope), row, address, world)
        refused = answer.status_code == 403 and "This token may" in answer.json()["detail"]
        assert refused is not reaches(scope, wanted), f"{scope} for {wanted}: {answer.status_code}"


def _address(row, world):
    return reverse(row.name, kwargs=of(row.kwargs, world))


def _ask(caller, row, address, world):
    data = of(row.data, world)
    kind = {} if row.method == "get" else {"format": "json"}
    with transaction.atomic():
        answer = getattr(caller, row.method)(address, data, headers=row.headers, **kind)
        transaction.set_rollback(True)
    return answer
