"""Nothing crosses business lines (T35): what belongs to the line Payments, asked with a token for another.

Pages are open to everybody who signs in; the line is a border for tokens narrowed to lines. A model
is bound to a line when its `in_line` names a path (config/flow/visibility.py). Doors come from the
permission tables and the FilterSets, so a new address or filter is tried without being named here.
"""

import copy
import json
import re
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from rest_framework.test import APIClient

from accounts.actions import make_personal_token
from tests.cast import build_cast
from tests.laws.conftest import undone
from tests.laws.permissions import of
from tests.laws.test_scopes import OPEN, views
from tests.laws.worlds import TABLES, built, numbered_from

VIEWS = dict(views())
API = {
    name: [row for row in table.ROWS if row.name in VIEWS and row.name not in OPEN]
    for name, table in TABLES.items()
}
API = {name: rows for name, rows in API.items() if rows}
NOBODY = 987_654
# Where ids of the other line begin, and what goes before the names of the one that asks.
FOREIGN, TWIN = 500_000, "west-"
# Folders and documents of imports are the company's: they stand once.
ONCE = ("rfc_importing",)
SLUGS = {"payments", "cards", "checkout", "issuing"}
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


@pytest.fixture(scope="module")
def lines(django_db_setup, django_db_blocker):
    """Two casts with the same of everything. A token for the lines of the one is `narrow`.

    `seen` is what it read before the other came; ids of the other are ids of nothing else.
    """
    with django_db_blocker.unblock(), undone():
        twin = build_cast(TWIN)
        found = SimpleNamespace(twin=twin, own=built(twin, but=ONCE))
        own_lines = [twin.payments, twin.cards]
        found.narrow = token_of(twin.administrator, own_lines)
        skipped = {reverse(name) for name in OWN}
        found.seen = {
            url: _answer(found.narrow, "get", url) for url in lists() if url not in skipped
        }
        numbered_from(FOREIGN)
        found.cast = build_cast()
        found.foreign = built(found.cast)
        yield found


def token_of(person, lines=()):
    told = {"name": "A script", "scope": "write", "days": 1}
    secret = make_personal_token(actor=person, lines=lines, **told)[1]
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return caller


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


@pytest.mark.parametrize("name", sorted(API))
def test_a_foreign_row_is_as_good_as_missing(lines, db, name):
    told, world = [], lines.foreign[name]
    for row in API[name]:
        kwargs = of(row.kwargs, world)
        if not kwargs or row.name in SHARED:
            continue
        gone = missing(kwargs)
        data = of(row.data, world)
        hidden = [*kwargs.values(), *gone.values()]
        more = {"data": data, "headers": row.headers, "hidden": hidden}
        foreign = _answer(lines.narrow, row.method, reverse(row.name, kwargs=kwargs), **more)
        nothing = _answer(lines.narrow, row.method, reverse(row.name, kwargs=gone), **more)
        if foreign != nothing:
            told.append((str(row), foreign[0], nothing[0], foreign[1][:200], nothing[1][:200]))
    assert told == []


def test_no_list_no_order_no_count_changes_when_another_line_works(lines, db):
    told = []
    for url, before in lines.seen.items():
        after = _answer(lines.narrow, "get", url)
        if after != before:
            told.append((url, before[0], after[0], after[1][:300]))
    assert told == []
    # The line that is compared works as well: an empty list would tell nothing.
    assert sum(body.count('"id"') > 0 for _status, body in lines.seen.values()) > 30


def leaves(value, path=()):
    """Every plain value inside, with the way to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inside:
        if isinstance(each, dict | list | tuple):
            yield from leaves(each, (*path, key))
        else:
            yield (*path, key), each


def replaced(value, path, leaf):
    found = copy.deepcopy(value)
    inside = found
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = leaf
    return found


def at_home(value):
    """The same words, with the line's own slugs in place of the other's."""
    if isinstance(value, dict):
        return {key: at_home(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [at_home(each) for each in value]
    return f"{TWIN}{value}" if value in SLUGS else value


def nobody(leaf):
    """The like of it that is nowhere."""
    if isinstance(leaf, str) and (key := re.fullmatch(r"([A-Z]+-)\d+", leaf)):
        return f"{key[1]}{NOBODY}"
    if isinstance(leaf, str) and "@" in leaf:
        return "nobody@example.com"
    return "no-such-thing" if leaf in SLUGS else _nobody(leaf)


def nested(row, own, foreign):
    """The row's own body with one thing of the other line in it, and with the like that is nowhere."""
    mine, theirs = at_home(of(row.data, own)), of(row.data, foreign)
    for path, leaf in leaves(theirs):
        differs = leaf in SLUGS or leaf != dict(leaves(mine)).get(path, leaf)
        if differs and nobody(leaf) != leaf:
            yield path, replaced(mine, path, leaf), replaced(mine, path, nobody(leaf))


@pytest.mark.parametrize("name", sorted({*API} - {*ONCE}))
def test_nothing_of_another_line_is_taken_in_a_body(lines, db, name):
    told, own, foreign = [], lines.own[name], lines.foreign[name]
    for row in API[name]:
        if row.method == "get":
            continue
        address = reverse(row.name, kwargs=at_home(of(row.kwargs, own)))
        for path, there, nowhere in nested(row, own, foreign):
            hidden = [dict(leaves(each))[path] for each in (there, nowhere)]
            more = {"headers": row.headers, "hidden": hidden}
            a = _answer(lines.narrow, row.method, address, there, **more)
            b = _answer(lines.narrow, row.method, address, nowhere, **more)
            if a != b:
                told.append((str(row), path, a[0], b[0], a[1][:200], b[1][:200]))
    assert told == []


def test_what_is_told_apart_is_an_address():
    assert {*SHARED, *OWN} <= set(VIEWS)


def test_the_border_is_the_tokens(lines, db):
    """The same address opens with a token for every line, so the refusals above are the border's."""
    world = lines.foreign["initiatives_core"]
    address = reverse("api_initiative", kwargs={"number": world.live.number})
    assert token_of(lines.twin.administrator).get(address).status_code == 200
    assert lines.narrow.get(address).status_code == 404


def test_no_filter_and_no_search_knows_another_line(lines, db):
    """Every filter of every list, asked for something of the other line and for the like that is nowhere."""
    told, tried = [], 0
    for name, view in sorted(VIEWS.items()):
        for key in filters_of(view):
            address = _list_address(name)
            if address is None or key == "sort":
                continue
            # The own line's name has the other's in it, and a search for words finds that.
            for foreign in tempting(lines)[: 2 if key == "q" else None]:
                hidden = [foreign, nobody(foreign)]
                there = _answer(lines.narrow, "get", address, {key: foreign}, hidden=hidden)
                nowhere = _answer(lines.narrow, "get", address, {key: hidden[1]}, hidden=hidden)
                tried += 1
                if there != nowhere:
                    told.append((address, key, str(foreign), there[1][:200], nowhere[1][:200]))
    assert told == []
    assert tried > 100


def _list_address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def tempting(lines):
    """What somebody might try of the other line; its ids are ids of nothing else."""
    live = lines.foreign["initiatives_core"].live
    return (live.pk, live.key, "payments", "checkout", lines.cast.engineer.pk)
