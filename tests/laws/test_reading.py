"""Reading changes nothing (T36): every part of the cast reads every address of the tables.

Pages, fragments and the API, with the rows of one world in which all tables' worlds stand side by
side. A statement that writes is named with its address; what triggers and functions write is
counted by the database for the whole walk.
"""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import PARTS
from tests.laws.permissions import of
from tests.laws.permissions.test_permission_table import MAY_CHANGE_ON_GET, written
from tests.laws.worlds import TABLES

READ = [(name, row) for name, table in TABLES.items() for row in table.ROWS if row.method == "get"]
WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY)\s+(?:ONLY\s+)?\"(\w+)\"",
    re.IGNORECASE,
)
# Read everything. The second of a role adds nothing; one of those two has left in the world.
WALKERS = (
    "anonymous",
    "administrator",
    "reader",
    "requester",
    "product_manager",
    "designer",
    "tpm",
    "cpo",
    "business_leader",
    "risk",
)
SECONDS = ("second_designer", "second_risk")
# The other functions take turns, one address each: they differ in what they review.
TURNS = tuple(part for part in PARTS if part not in {*WALKERS, *SECONDS})
# The same for everybody, and dear: read by two.
DEAR = {"api_schema", "rfc_pdf", "rfc_revision_pdf"}


class Writes:
    """Remembers every table that a statement writes to; `FOR UPDATE` only locks."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables |= {found[1] for found in WRITES.findall(str(sql))}
        return execute(sql, params, many, context)


class Walk:
    """One part's browser, and what its reading wrote."""

    def __init__(self, cast, part):
        self.browser, self.part = Client(), part
        if part != "anonymous":
            self.browser.force_login(getattr(cast, part))
        self.told, self.statuses = [], set()

    def read(self, row, world):
        address = reverse(row.name, kwargs=of(row.kwargs, world))
        seen = Writes()
        with connection.execute_wrapper(seen):
            answer = self.browser.get(address, of(row.data, world), headers=row.headers)
        # A file or a stream is read to its end: it may ask on the way.
        answer.getvalue() if not answer.streaming else list(answer)
        self.statuses.add(answer.status_code)
        if answer.status_code >= 500 or seen.tables - MAY_CHANGE_ON_GET:
            self.told.append((self.part, address, answer.status_code, sorted(seen.tables)))


def files():
    return {str(path) for path in settings.MEDIA_ROOT.rglob("*")}


@pytest.mark.parametrize("part", [*WALKERS, "turns"])
def test_whoever_reads_changes_nothing(everything, part, db, broker_out_of_reach):
    cast, worlds = everything
    walks = [Walk(cast, one) for one in (TURNS if part == "turns" else (part,))]
    before, kept = written(), files()
    for number, (name, row) in enumerate(READ):
        if row.name not in DEAR or part in {"anonymous", "administrator"}:
            walks[number % len(walks)].read(row, worlds[name])
    changed = {table for table, count in (written() - before).items() if count}
    assert [told for walk in walks for told in walk.told] == []
    assert changed <= MAY_CHANGE_ON_GET
    assert files() == kept
    assert mail.outbox == []
    # Whoever signs in meets pages, not only doors that are shut.
    assert all(200 in walk.statuses for walk in walks)


def test_a_statement_that_writes_is_noticed(db):
    seen = Writes()
    told = (
        'UPDATE "rfc_rfc" SET "title" = 1',
        'WITH x AS (SELECT 1) INSERT INTO "due_job" SELECT * FROM x',
        'SELECT 1 FROM "kpis_kpi" FOR UPDATE OF "kpis_kpi"',
    )
    for sql in told:
        seen(lambda *_: None, sql, (), False, {})
    assert seen.tables == {"rfc_rfc", "due_job"}
