"""Walking the chain from its beginning: what was edited, deleted, inserted, swapped or cut off.

Found are: rows that no longer say what was sealed (edited; two of them where rows were swapped),
sealed rows that are gone, entries whose seal does not follow from the one before (edited, swapped
or removed entries), rows nobody sealed or that claim a time an earlier run would have seen
(inserted), and a chain shorter than a head on file (cut).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from config.audit.digests import NOTHING, in_utc, quoted, row_digest, source
from config.audit.heads import heads
from config.audit.models import Entry, Shape
from config.audit.sealing import seal_of, unsealed
from config.audit.tables import sealed_tables

BATCH = 2_000
# A run of the sealer sees what was committed; a transaction does not last longer than this.
LONGEST_TRANSACTION = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed. `kind`: edited, deleted, inserted, chain, cut,
    unknown (columns gone with an upgrade).
    """

    kind: str
    sentence: str
    position: int = 0


@dataclass
class Report:
    """What a walk found, and how far it went."""

    entries: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.findings


@transaction.atomic
def verify(heads_until: int | None = None) -> Report:
    """Walk the whole chain and look for rows outside it. Reads only.

    A backup does not know heads written after it was made: `heads_until` is its own last position.
    """
    in_utc()
    report = Report()
    report.findings += _walk(report)
    report.findings += _never_sealed(report)
    report.findings += _cut(heads_until)
    return report


def _walk(report: Report) -> Iterator[Finding]:
    before, position, runs = NOTHING, 0, _Runs()
    while batch := _after(position):
        now = _digests_now(batch)
        for entry in batch:
            if entry.position != position + 1:
                yield _gap(position + 1, entry.position - 1)
            if seal_of(before, entry) != entry.chain:
                yield Finding("chain", f"{_named(entry)}: its seal is not its own.", entry.position)
            yield from _row(entry, now[entry.shape_id].get(entry.row_id))
            yield from runs.late(entry)
            before, position = entry.chain, entry.position
        report.entries += len(batch)


def _after(position: int) -> list[Entry]:
    rows = Entry.objects.filter(position__gt=position).select_related("shape")
    return list(rows.order_by("position")[:BATCH])


def _gap(first: int, last: int) -> Finding:
    which = f"{first}" if first == last else f"{first} to {last}"
    return Finding("chain", f"Entry {which} is missing from the chain.", first)


def _row(entry: Entry, digest: str | None) -> Iterator[Finding]:
    if digest is None:
        yield Finding("deleted", f"{_named(entry)} was deleted.", entry.position)
    elif digest == "":
        sentence = f"{_named(entry)} cannot be checked: an upgrade removed columns it had."
        yield Finding("unknown", sentence, entry.position)
    elif digest != entry.row_digest:
        sentence = f"{_named(entry)} no longer says what was sealed."
        yield Finding("edited", sentence, entry.position)


def _named(entry: Entry) -> str:
    return f"Entry {entry.position} (row {entry.row_id} of {entry.shape.table})"


def _digests_now(batch: list[Entry]) -> dict[int, dict[str, str]]:
    """What each row of the batch digests to now, by shape and key; "" where columns are gone."""
    ids: dict[Shape, list[str]] = defaultdict(list)
    for entry in batch:
        ids[entry.shape].append(entry.row_id)
    return {shape.pk: _of_shape(shape, rows) for shape, rows in ids.items()}


def _of_shape(shape: Shape, ids: list[str]) -> dict[str, str]:
    sealed = sealed_tables().get(shape.table)
    if sealed is None or not set(shape.columns) <= _columns_of(shape.table):
        return dict.fromkeys(ids, "")
    key = f"t.{quoted(sealed.key)}"
    sql = f"""SELECT {key}::text, {row_digest(sealed, shape.columns)} FROM {source(sealed)}
              WHERE {key} = ANY(%s)"""  # noqa: S608 - names come from our own models
    with connection.cursor() as cursor:
        cursor.execute(sql, [[int(i) for i in ids]])
        return dict(cursor.fetchall())


def _columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in found}


class _Runs:
    """Knows when the run before the present one began."""

    def __init__(self) -> None:
        self.before: datetime | None = None
        self.present: datetime | None = None

    def late(self, entry: Entry) -> Iterator[Finding]:
        """A history row the run before would have seen if it had existed then."""
        if self.present is None or entry.sealed_at > self.present:
            self.before, self.present = self.present, entry.sealed_at
        history = sealed_tables().get(entry.shape.table)
        if history is None or not history.is_history or self.before is None:
            return
        if entry.at < self.before - LONGEST_TRANSACTION:
            said = f"{_named(entry)} claims a time at which it was not there: inserted later."
            yield Finding("inserted", said, entry.position)


def _never_sealed(report: Report) -> Iterator[Finding]:
    """Rows outside the chain: the newest wait for the next run, older ones came another way."""
    newest = Entry.objects.order_by("-position").values_list("sealed_at", flat=True).first()
    for sealed in sealed_tables().values():
        for row in unsealed(sealed, BATCH, everywhere=True):
            if newest and sealed.is_history and row["at"] < newest - LONGEST_TRANSACTION:
                said = f"Row {row['row_id']} of {sealed.table} was never sealed: inserted."
                yield Finding("inserted", said)
            else:
                report.waiting += 1


def _cut(until: int | None) -> Iterator[Finding]:
    on_file = [h for h in heads() if until is None or h["position"] <= until]
    known = dict(
        Entry.objects.filter(position__in=[h["position"] for h in on_file]).values_list(
            "position", "chain"
        )
    )
    for head in on_file:
        if known.get(head["position"]) != head["chain"]:
            said = f"Line {head['line']} of the file of heads names a seal the chain does not have."
            yield Finding("cut", said, head["position"])
