"""The worlds of all permission tables, built side by side for one cast."""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection

FOLDER = Path(__file__).parent / "permissions"
TABLES = {
    path.stem: import_module(f"tests.laws.permissions.{path.stem}")
    for path in sorted(FOLDER.glob("*.py"))
    if not path.stem.startswith(("_", "test_"))
}


def built(cast: Any, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """The world of every table but these, by the table's name; the cast where a table needs no more."""
    return {
        name: getattr(table, "world", lambda c: c)(cast)
        for name, table in TABLES.items()
        if name not in but
    }


def numbered_from(first: int) -> None:
    """New rows of every table have ids from here on, until the transaction is taken back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER SEQUENCE {name} RESTART WITH {first}")
