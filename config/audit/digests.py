"""How a row and an entry are digested: SHA-256 of canonical text, in hex.

A row's digest is computed by PostgreSQL over the columns of its shape, with the person, address and
request of its context; times are written in UTC whatever the session's zone.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from config.audit.tables import Sealed

NOTHING = "0" * 64
CONTEXT = "pghistory_context"
MOST = 40


def quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def source(sealed: Sealed) -> str:
    """The FROM clause: the row as `t`, the context it was written in as `c`."""
    row = f"{quoted(sealed.table)} t"
    return f"{row} LEFT JOIN {CONTEXT} c ON c.id = t.pgh_context_id" if sealed.is_history else row


def row_digest(sealed: Sealed, columns: Iterable[str]) -> str:
    """The SQL expression of a row's digest."""
    pairs = [f"'{name}', t.{quoted(name)}" for name in columns]
    row = " || ".join(f"jsonb_build_object({part})" for part in _parts(pairs))
    context = "c.metadata - 'ip_address'" if sealed.is_history else "NULL::jsonb"
    whole = f"jsonb_build_object('row', {row}, 'context', {context})"
    return f"encode(sha256(convert_to(({whole})::text, 'UTF8')), 'hex')"


def _parts(pairs: list[str]) -> Iterable[str]:
    """A function of PostgreSQL takes a hundred arguments at most."""
    return (", ".join(pairs[at : at + MOST]) for at in range(0, len(pairs), MOST))


def chain_digest(before: str, **said: Any) -> str:
    """The seal of an entry: everything it says, and the seal before it."""
    told = {name: _plain(value) for name, value in said.items()}
    text = json.dumps([before, told], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def in_utc() -> None:
    """Write times in UTC until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
