"""What a database and its files hold, as figures that a copy must repeat."""

import hashlib
from pathlib import Path
from typing import Any

from django.db import connection

PIECE = 1 << 20
# How the rows of a table are summed up; a backup names it.
DIGEST = "sha256"


def tables() -> dict[str, list[Any]]:
    """Rows and a digest for each table of ours; the order of rows does not matter.

    The digest adds up a part of each row's SHA-256, so that it needs no sorting.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        names = [name for (name,) in cursor.fetchall()]
        return {name: _figures(cursor, name) for name in names}


def _figures(cursor: Any, table: str) -> list[Any]:
    part = "('x' || substr(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 1, 15))::bit(60)::bigint::numeric"
    quoted = connection.ops.quote_name(table)
    cursor.execute(f"SELECT count(*), coalesce(sum({part}), 0)::text FROM {quoted} t")  # noqa: S608
    return list(cursor.fetchone())


def by_count(told: dict[str, Any]) -> dict[str, Any]:
    """The rows of each table alone, for a backup whose digests are of another kind."""
    return {name: figures[0] for name, figures in told.items()}


def files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): checksum(path) for path in found}


def checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def differences(told: dict[str, Any], found: dict[str, Any], what: str) -> list[str]:
    """Each name whose figures differ, in sentences."""
    names = sorted(set(told) | set(found))
    return [_said(what, n, told.get(n), found.get(n)) for n in names if told.get(n) != found.get(n)]


def _said(what: str, name: str, before: Any, after: Any) -> str:
    if after is None:
        return f"{what} {name} is missing."
    if before is None:
        return f"{what} {name} was not in the backup."
    return f"{what} {name} differs: {before} in the backup, {after} here."
