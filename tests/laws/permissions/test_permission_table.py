"""Every address is in the table, and every cell of the table is true."""

from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.laws.permissions import Row, of
from tests.laws.worlds import TABLES

CELLS = [
    pytest.param(table, row, id=f"{name}:{row}")
    for name, table in TABLES.items()
    for row in table.ROWS
]
# Django's admin decides by staff and model permissions in one place; see tests/laws/test_admin.py.
OWN_RULE = ("admin:",)
# T36: reading changes nothing but the session, what the reader was shown last, and how much the
# reader asked of the API.
MAY_CHANGE_ON_GET = {
    "accounts_notice",
    "accounts_session",
    "rfc_reading",
    "initiatives_homelook",
    "rest_allowance",
}


def addresses(resolver=None, space=""):
    """Every named address of the resolver."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"


def test_every_address_is_in_a_table():
    known = {row.name for table in TABLES.values() for row in table.ROWS}
    missing = sorted(n for n in set(addresses()) if not n.startswith(OWN_RULE) and n not in known)
    assert missing == [], "add a Row for each of these to tests/laws/permissions/<app>.py"


def test_every_row_names_an_address_that_exists():
    found = set(addresses())
    assert [str(c.values[1]) for c in CELLS if c.values[1].name not in found] == []


@pytest.mark.parametrize(("shared", "row"), CELLS, indirect=["shared"], scope="module")
def test_each_cell(shared, row: Row, db, broker_out_of_reach):
    cast, world = shared
    address = reverse(row.name, kwargs=of(row.kwargs, world))
    answers = {part: _status(row, address, _person(cast, part), world) for part in row.parts()}
    assert answers == row.parts()


def _person(cast, part):
    return None if part == "anonymous" else getattr(cast, part)


def _client(person):
    browser = Client()
    if person is not None:
        browser.force_login(person)
    return browser


def _status(row, address, person, world):
    # Each part meets the same world: what a request changed is rolled back.
    with transaction.atomic():
        browser = _client(person)
        data = of(row.data, world)
        api = address.startswith("/api/")
        more = {"content_type": "application/json"} if api and row.method != "get" else {}
        call = getattr(browser, row.method)
        before = written()
        answer = call(address, data, headers=row.headers, **more)
        if row.method == "get":
            changed = {table for table, count in (written() - before).items() if count}
            assert changed <= MAY_CHANGE_ON_GET, "asking for a page changed something"
        transaction.set_rollback(True)
    return answer.status_code


def written():
    """Rows inserted, updated and deleted so far in this transaction, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return Counter(dict(cursor.fetchall()))
