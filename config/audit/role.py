"""What the database role of the running app may do: write history, never rewrite it.

The owner of the tables could switch triggers off, so the app runs as another role: it reads and
writes the ordinary tables, and only adds to those that are sealed and to the chain itself.
Migrations run as the owner.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from config.audit.digests import quoted
from config.audit.models import Entry
from config.audit.tables import sealed_tables


@transaction.atomic
def protect(role: str) -> list[str]:
    """Give `role` the rights of the running app and no others; returns the statements.

    Raises ValueError when there is no such role or it is a superuser, whom nothing binds.
    """
    _must_be_plain(role)
    statements = list(_statements(role))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return statements


def _statements(role: str) -> Iterator[str]:
    name = quoted(role)
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
    for table in sorted(_only_grow()):
        yield f"REVOKE UPDATE, DELETE ON {quoted(table)} FROM {name}"
    for sealed in sealed_tables().values():
        free = _free_columns(sealed.model, sealed.columns)
        if free:
            columns = ", ".join(quoted(c) for c in free)
            yield f"GRANT UPDATE ({columns}) ON {quoted(sealed.table)} TO {name}"


def _only_grow() -> set[str]:
    return {Entry._meta.db_table, *sealed_tables()}


def _free_columns(model: type[Any], sealed: tuple[str, ...]) -> list[str]:
    """Columns of a sealed table that may change: those outside its seal."""
    return [f.column for f in model._meta.concrete_fields if f.column not in sealed]


def _must_be_plain(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = %s", ["audit_entry"])
        owner = cursor.fetchone()
    if found is None:
        message = f"There is no database role “{role}”; make it with CREATE ROLE … LOGIN."
        raise ValueError(message)
    if found[0] or (owner and owner[0] == role):
        message = f"“{role}” is a superuser or owns the tables; the app needs a role of its own."
        raise ValueError(message)


def unsealed_models() -> list[str]:
    """Labels of our models without history and without a seal (see tests/laws/test_audit.py)."""
    sealed = sealed_tables().values()
    known = {s.model for s in sealed} | {
        getattr(s.model, "pgh_tracked_model", None) for s in sealed
    }
    ours = {"accounts", "kpis", "rfc", "initiatives", "flow", "due", "rest", "audit", "webhooks"}
    return sorted(
        m._meta.label for m in apps.get_models() if m._meta.app_label in ours and m not in known
    )
