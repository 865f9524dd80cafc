"""The role the app runs as can add to the trail and can do nothing else to it (T52)."""

import os
from contextlib import suppress

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError, NotSupportedError

from config.audit.models import Entry
from config.audit.role import protect
from config.audit.sealing import seal
from config.audit.tables import sealed_tables
from config.audit.verifying import verify
from initiatives.models import Initiative
from tests.factories.initiatives import in_phase, proposed

# Roles belong to the whole server, so each process of the suite has one of its own.
ROLE = f"gateline_app_{os.getpid()}"
WIDENING = (
    "SET session_replication_role = replica",
    "SET SESSION AUTHORIZATION postgres",
    "SET ROLE postgres",
    f"GRANT UPDATE ON audit_entry TO {ROLE}",
    f"ALTER ROLE {ROLE} SUPERUSER",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "CREATE OR REPLACE FUNCTION public.pgtrigger_mine() RETURNS trigger AS 'BEGIN RETURN NULL; END'"
    " LANGUAGE plpgsql; CREATE TRIGGER mine BEFORE INSERT ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_mine()",
)


@pytest.fixture
def runtime(trail):
    """The app's role, bound; the connection acts as it until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")
        protect(ROLE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def refused(cursor, sql):
    try:
        with transaction.atomic():
            cursor.execute(sql)
    except (ProgrammingError, InternalError, NotSupportedError):
        return True
    return False


def test_it_may_not_alter_a_sealed_table_in_any_way(runtime):
    let_through = []
    for table, sealed in {**sealed_tables(), "audit_entry": None}.items():
        column = sealed.columns[-1] if sealed else "chain"
        key = sealed.key if sealed else "position"
        for sql in (
            f'UPDATE {table} SET "{column}" = "{column}"',
            f"DELETE FROM {table} WHERE {key} = 1",
            f"TRUNCATE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TABLE {table} CASCADE",
        ):
            if not refused(runtime, sql):
                let_through.append(sql)
    assert let_through == []


@pytest.mark.django_db(transaction=True)
def test_it_may_not_widen_its_rights(trail):
    """Signed in for real, so that there is no other role behind it to go back to."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN")
        cursor.execute(f"GRANT {ROLE} TO CURRENT_USER")
        protect(ROLE)
    try:
        told = {
            k: v for k, v in connection.get_connection_params().items() if k != "cursor_factory"
        }
        with psycopg.connect(**{**told, "user": ROLE, "autocommit": True}) as signed_in:
            for sql in WIDENING:
                with suppress(psycopg.Error):
                    signed_in.execute(sql)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                signed_in.execute("UPDATE audit_entry SET kind = 'x'")
            assert signed_in.execute("SHOW session_replication_role").fetchone() == ("origin",)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")
    assert verify().sound


def test_the_app_works_as_that_role(runtime, cast):
    walked = in_phase(cast, "discovery", title="As the app's role")
    assert proposed(cast, title="Another").pk
    assert seal() > 0
    assert Initiative.objects.get(pk=walked.pk).phase == "discovery"
    assert Entry.objects.filter(object_id=str(walked.pk)).exists()


def test_a_superuser_cannot_be_bound(trail):
    with pytest.raises(CommandError, match="superuser"):
        call_command("audit", "protect", "postgres")
    with pytest.raises(CommandError, match="no database role"):
        call_command("audit", "protect", "nobody_of_that_name")
