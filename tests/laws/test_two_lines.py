"""Nothing crosses business lines (T35): what belongs to the line Payments, asked with a token for another.

Pages are open to everybody who signs in; the line is a border for tokens narrowed to lines. A model
is bound to a line when its `in_line` names a path (config/flow/visibility.py). Doors come from the
permission tables and the FilterSets, so a new address or filter is tried without being named here.
"""

import json
import re
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from accounts.models import BusinessLine
from tests.laws.permissions import of
from tests.laws.permissions.test_permission_table import TABLES
from tests.laws.test_scopes import OPEN, views

VIEWS = dict(views())
API = {
    name: [row for row in table.ROWS if row.name in VIEWS and row.name not in OPEN]
    for name, table in TABLES.items()
}
API = {name: rows for name, rows in API.items() if rows}
NOBODY = 987_654
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Orders of lists whose order is a word of their own.
ORDERS = ("title", "-title", "-score", "number", "-updated")
# Told apart by design, with the reason.
NO_LINE = "belongs to no line: in_line is empty, or this row's line is"
SHARED = {
    "api_source": NO_LINE,
    "api_framework": NO_LINE,
    "api_reporting_row": "reporting lines are the company's, and refused to all but two roles",
    "api_initiative_export": "the address names a format; its rows are compared like a list's",
    "api_rfc_template": "the template asked for has no line, so it is everybody's",
}
# One's own, whatever the line: tokens with the moment of their last use, work one asked for.
OWN = ("api_tokens", "api_jobs")


@pytest.fixture(params=sorted(API))
def house(request, cast, api_with):
    """A token of an administrator for Deposits only, and how to build a world of Payments."""
    table = TABLES[request.param]
    found = SimpleNamespace(rows=API[request.param], cast=cast)
    # A line of its own, in which no world puts anything.
    quiet = BusinessLine.objects.create(slug="deposits", name="Deposits")
    found.narrow = api_with(cast.administrator, "write", [quiet])
    found.build = lambda: getattr(table, "world", lambda c: c)(cast)
    return found


def lists() -> Iterator[str]:
    """Every address that is read without naming a row, in every order."""
    yield reverse("api_initiative_export", kwargs={"form": "csv"})
    for name, view in sorted(VIEWS.items()):
        asked = [row for rows in API.values() for row in rows if row.name == name]
        if name in OPEN or not any(r.method == "get" and not r.kwargs for r in asked):
            continue
        yield (url := reverse(name))
        if order := filters_of(view).get("sort"):
            told = [value for value, _label in order.extra.get("choices", ())]
            yield from (f"{url}?sort={value}" for value in told or ORDERS)


def filters_of(view):
    """The filters of a list by their names."""
    return getattr(getattr(view, "filterset_class", None), "base_filters", {})


def missing(kwargs):
    """The same address for a row that is not there; words that name no row stay."""
    swapped = {key: _nobody(value) for key, value in kwargs.items()}
    if swapped == kwargs:
        swapped = dict.fromkeys(kwargs, "no-such-thing")
    return swapped


def _nobody(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return NOBODY
    return uuid.UUID(int=NOBODY) if re.fullmatch(UUID, str(value)) else value


def _answer(caller, method, url, data=None, headers=None, hidden=()):
    """Status and body; what was asked for, and the number of the request, left out."""
    kind = {} if method == "get" else {"format": "json"}
    with transaction.atomic():
        answer = getattr(caller, method)(url, data or {}, headers=headers or {}, **kind)
        body = answer.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    if answer.headers.get("Content-Type", "").endswith("json"):
        told = json.loads(body)
        if isinstance(told, dict):
            told = {k: v for k, v in told.items() if k not in {"reference", "instance"}}
        body = json.dumps(told, sort_keys=True, ensure_ascii=False)
    for each in sorted({str(h) for h in hidden}, key=len, reverse=True):
        body = re.sub(rf"\b{re.escape(each)}\b", "…", body)
    return answer.status_code, body


def test_a_foreign_row_is_as_good_as_missing(house):
    told, world = [], house.build()
    for row in house.rows:
        kwargs = of(row.kwargs, world)
        if not kwargs or row.name in SHARED:
            continue
        gone = missing(kwargs)
        data = of(row.data, world)
        hidden = [*kwargs.values(), *gone.values()]
        more = {"data": data, "headers": row.headers, "hidden": hidden}
        foreign = _answer(house.narrow, row.method, reverse(row.name, kwargs=kwargs), **more)
        nothing = _answer(house.narrow, row.method, reverse(row.name, kwargs=gone), **more)
        if foreign != nothing:
            told.append((str(row), foreign[0], nothing[0], foreign[1][:200], nothing[1][:200]))
    assert told == []


def test_no_list_no_order_no_count_changes_when_another_line_works(house):
    told = []
    shared = {reverse(name) for name in OWN}
    seen = {url: _answer(house.narrow, "get", url) for url in lists() if url not in shared}
    house.build()
    for url, before in seen.items():
        after = _answer(house.narrow, "get", url)
        if after != before:
            told.append((url, before[0], after[0], after[1][:300]))
    assert told == []


def test_what_is_told_apart_is_an_address():
    assert {*SHARED, *OWN} <= set(VIEWS)


def test_the_border_is_the_tokens(cast, api_with):
    """The same address opens with a token for every line, so the refusals above are the border's."""
    table = TABLES["initiatives_core"]
    world = table.world(cast)
    address = reverse("api_initiative", kwargs={"number": world.live.number})
    assert api_with(cast.administrator, "write").get(address).status_code == 200
    narrow = api_with(cast.administrator, "write", [cast.cards])
    assert narrow.get(address).status_code == 404


def test_no_filter_and_no_search_knows_another_line(cast, api_with):
    """Every filter of every list, asked for an initiative of Payments and for one that is nowhere."""
    world = TABLES["initiatives_core"].world(cast)
    narrow = api_with(cast.administrator, "write", [cast.cards])
    told, tried = [], 0
    for name, view in sorted(VIEWS.items()):
        for key in filters_of(view):
            address = _list_address(name)
            if address is None or key == "sort":
                continue
            for foreign, nothing in _pairs(world):
                hidden = [foreign, nothing]
                there = _answer(narrow, "get", address, {key: foreign}, hidden=hidden)
                nowhere = _answer(narrow, "get", address, {key: nothing}, hidden=hidden)
                tried += 1
                if there != nowhere:
                    told.append((address, key, str(foreign), there[1][:200], nowhere[1][:200]))
    assert told == []
    assert tried > 60


def _list_address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _pairs(world):
    """What somebody might try of the line Payments, and the like of it that is nowhere."""
    return (
        (world.live.pk, NOBODY),
        (world.live.key, "INI-987654"),
        (world.live.title, "Nothing called so"),
    )
