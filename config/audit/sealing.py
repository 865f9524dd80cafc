"""The sealer: reads what was committed since its last run and adds it to the chain.

One runs at a time. Rows are found by what is not sealed yet, not by a moment, so that a row whose
transaction ended late is sealed by the next run. Sealing inside the writing transaction would
make every write wait for every other.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from config.audit.digests import NOTHING, chain_digest, in_utc, quoted, row_digest, source
from config.audit.models import Entry, Run, Shape
from config.audit.tables import Sealed, sealed_tables

LOCK = 7_215_001
BATCH = 2_000
# Keys handed out but not committed yet may lie this far behind the newest sealed one.
LATE_KEYS = 10_000


def seal() -> int:
    """Seal everything that is committed; says how many rows. Nothing while another run works."""
    done = 0
    while count := _seal_batch():
        done += count
    return done


@transaction.atomic
def _seal_batch() -> int:
    """Seal up to `BATCH` rows; 0 when nothing is left, which completes the run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    in_utc()
    left, found = BATCH, []
    for sealed in sealed_tables().values():
        if left:
            rows = unsealed(sealed, left)
            found += rows
            left -= len(rows)
    if not found:
        Run.objects.filter(complete=False).update(complete=True)
        return 0
    return _append(found, _present_run())


def _present_run() -> datetime:
    """When the run that is under way began; a new one begins where the last was complete."""
    under_way = Run.objects.filter(complete=False).first()
    if under_way is None:
        under_way = Run.objects.create(began_at=_database_clock())
    moment: datetime = under_way.began_at
    return moment


def unsealed(sealed: Sealed, most: int, *, everywhere: bool = False) -> list[dict[str, Any]]:
    """Rows without an entry, as the values of one; `everywhere` looks at old keys too."""
    key, shape = f"t.{quoted(sealed.key)}", shape_of(sealed)
    kind = f"t.{quoted(sealed.kind)}" if sealed.kind else "'record'"
    actor = f"t.{quoted(sealed.actor)}" if sealed.actor else "(c.metadata->>'user')::bigint"
    request = "coalesce(c.metadata->>'request', '')" if sealed.is_history else "''"
    sql = f"""
        SELECT {key}::text, coalesce(t.{quoted(sealed.object)}::text, ''), {kind},
               t.{quoted(sealed.at)}, {actor}, {request}, {row_digest(sealed, shape.columns)}
        FROM {source(sealed)}
        WHERE {key} > %s AND NOT EXISTS (
            SELECT 1 FROM audit_entry e JOIN audit_shape s ON s.id = e.shape_id
            WHERE s."table" = %s AND e.row_id = {key}::text)
        ORDER BY {key} LIMIT %s"""  # noqa: S608 - names come from our own models
    since = -1 if everywhere else _newest_key(sealed) - LATE_KEYS
    with connection.cursor() as cursor:
        cursor.execute(sql, [since, sealed.table, most])
        names = ("row_id", "object_id", "kind", "at", "actor_id", "request", "row_digest")
        return [{"shape": shape, **dict(zip(names, row, strict=True))} for row in cursor.fetchall()]


def shape_of(sealed: Sealed) -> Shape:
    """The shape the table has now; a new one after an upgrade that changed its columns."""
    shape: Shape
    shape, _made = Shape.objects.get_or_create(table=sealed.table, columns=list(sealed.columns))
    return shape


def last_seal() -> tuple[int, str]:
    """Position and seal of the newest entry."""
    newest = Entry.objects.order_by("-position").values_list("position", "chain").first()
    return newest or (0, NOTHING)


def seal_of(before: str, entry: Entry) -> str:
    """The seal an entry must carry after the one before it."""
    return chain_digest(
        before,
        position=entry.position,
        table=entry.shape.table,
        columns=entry.shape.columns,
        row_id=entry.row_id,
        object_id=entry.object_id,
        kind=entry.kind,
        at=entry.at,
        sealed_at=entry.sealed_at,
        actor_id=entry.actor_id,
        request=entry.request,
        row_digest=entry.row_digest,
    )


def _append(rows: list[dict[str, Any]], moment: datetime) -> int:
    position, chain = last_seal()
    made = []
    for row in sorted(rows, key=lambda r: (r["at"], r["shape"].table, int(r["row_id"]))):
        position += 1
        entry = Entry(position=position, sealed_at=moment, **row)
        entry.chain = chain = seal_of(chain, entry)
        made.append(entry)
    Entry.objects.bulk_create(made)
    for shape in {entry.shape for entry in made}:
        newest = max(int(entry.row_id) for entry in made if entry.shape_id == shape.pk)
        Shape.objects.filter(pk=shape.pk, newest_key__lt=newest).update(newest_key=newest)
    return len(made)


def _newest_key(sealed: Sealed) -> int:
    keys = Shape.objects.filter(table=sealed.table).aggregate(newest=Max("newest_key"))
    return int(keys["newest"] or 0)


def _database_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment
