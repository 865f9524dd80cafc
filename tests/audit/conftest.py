"""A trail with a few dozen changes, sealed in two runs, and somebody who owns the database."""

import re

import pytest
from django.db import connection

from config.audit.heads import write_head
from config.audit.sealing import seal
from tests.factories.initiatives import in_phase, proposed


@pytest.fixture
def heads_file(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    return settings.AUDIT_HEADS


@pytest.fixture
def trail(cast, heads_file):
    """An initiative on its way, sealed in two runs a day apart, with the head on file."""
    walked = in_phase(cast, "discovery")
    seal()
    other = proposed(cast, title="Another one")
    seal()
    write_head()
    return [walked, other]


@pytest.fixture
def as_owner(db):
    """`as_owner(sql, *values)` does what only the owner of the tables can: triggers are off."""

    def run(sql, *values):
        tables = re.findall(r"(?:UPDATE|DELETE FROM|INSERT INTO) (\w+)", sql)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run
