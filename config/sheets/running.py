"""Import and undo as jobs: some rows a transaction, each row by an action that is whole or nothing.

What a row became is written in the transaction that made it, so a worker that dies in the middle
leaves no row done twice and none half done.
"""

from functools import partial
from itertools import groupby
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Count

from config.due.faults import fault
from config.due.models import Job
from config.flow.errors import Refusal
from config.sheets.checking import PRINT
from config.sheets.kinds import Kind, Writer, kind_of, refused_or
from config.sheets.models import Sheet, SheetKey, SheetRow

CHUNK = 200
DONE = SheetRow.Done
WRITTEN = ("done", "object_id", "label", "mark", "problems")
TRIES = 3


def run_import(job: Job) -> None:
    """Create and change what the dry run foresaw; goes on where an earlier run stopped."""
    sheet = _sheet(job)
    kind = kind_of(sheet.kind)
    sheet.rows.filter(outcome="same", done="").update(done=DONE.SAME)
    sheet.rows.filter(outcome="skip", done="").update(done=DONE.SKIPPED)
    failures = 0
    more = True
    while more:
        job.check_cancel()
        try:
            with transaction.atomic(), pghistory.context(user=sheet.owner_id):
                more = Chunk(sheet, kind).write()
                fault("sheets.written")
                # A worker past its lease rolls back here: the rows are somebody else's by now.
                job.renew()
        except IntegrityError:
            # Another import brought the same keys in this moment; looking again sees them.
            failures += 1
            if failures > TRIES:
                raise
        _tell(job, sheet, "done", DONE.values)
        fault("sheets.chunk")


class Chunk:
    """Some rows of an import, written in the caller's transaction."""

    def __init__(self, sheet: Sheet, kind: Kind) -> None:
        self.sheet, self.kind = sheet, kind
        self.writer = kind.writer(sheet.owner)
        open_rows = sheet.rows.filter(outcome__in=("create", "change"), done="").order_by("line")
        self.rows: list[SheetRow] = list(open_rows.select_for_update(no_key=True)[:CHUNK])
        self.known = self._known()

    def write(self) -> bool:
        """Write them all in the order of the file; False when there was none."""
        for changes, rows in groupby(self.rows, key=lambda row: row.outcome == "change"):
            write = self._change_all if changes else self._create
            write(list(rows))
        SheetRow.objects.keep(self.rows, WRITTEN)
        self._remember()
        return bool(self.rows)

    def _key(self, row: SheetRow) -> tuple[str, str]:
        if row.key:
            return self.sheet.key_space, row.key
        return PRINT, self.kind.fingerprint(row.values)

    def _known(self) -> set[tuple[str, str]]:
        """Keys whose rows are there; keys of rows that are gone are forgotten."""
        wanted = [key for row in self.rows for key in (self._key(row)[1],)]
        found = list(
            SheetKey.objects.select_for_update().filter(
                kind=self.kind.slug, space__in=(self.sheet.key_space, PRINT), key__in=wanted
            )
        )
        there = self.kind.existing(k.object_id for k in found)
        SheetKey.objects.filter(pk__in=[k.pk for k in found if k.object_id not in there]).delete()
        return {(k.space, k.key) for k in found if k.object_id in there}

    def _change_all(self, rows: list[SheetRow]) -> None:
        for row in rows:
            refused = refused_or(partial(self._change, row), row.values)
            if isinstance(refused, Refusal):
                self._skip(row, refused)

    def _change(self, row: SheetRow, values: dict[str, Any]) -> None:
        wanted = {n: values[n] for n in row.changes}
        saved, mark, before = self.writer.change(row.object_id or 0, wanted)
        row.label, row.mark = str(saved)[:300], {**mark, "before": before}
        row.done = DONE.CHANGED

    def _create(self, rows: list[SheetRow]) -> None:
        """What is known already is left as it is; the rest is written together."""
        fresh = []
        for row in rows:
            if self._key(row) in self.known:
                row.done = DONE.SAME
            else:
                fresh.append(row)
        made = self.writer.create_all([row.values for row in fresh])
        for row, one in zip(fresh, made, strict=True):
            if isinstance(one, Refusal):
                self._skip(row, one)
            else:
                new, row.mark = one
                row.object_id, row.label, row.done = new.pk, str(new)[:300], DONE.CREATED

    def _skip(self, row: SheetRow, refusal: Refusal) -> None:
        row.done = DONE.SKIPPED
        row.problems = [
            {"column": "", "value": row.label, "code": refusal.slug, "sentence": sentence}
            for sentence in refusal.sentences
        ]

    def _remember(self) -> None:
        """Which row stands behind which key. Raises IntegrityError when somebody was faster."""
        made = [row for row in self.rows if row.done == DONE.CREATED]
        facts = {"kind": self.kind.slug, "sheet": self.sheet}
        SheetKey.objects.bulk_create(
            [
                SheetKey(space=space, key=key, object_id=row.object_id or 0, **facts)
                for row in made
                for space, key in (self._key(row),)
            ]
        )
        # The same list without its key column is known as well.
        prints = {self.kind.fingerprint(row.values): row.object_id or 0 for row in made if row.key}
        SheetKey.objects.bulk_create(
            [SheetKey(space=PRINT, key=key, object_id=pk, **facts) for key, pk in prints.items()],
            ignore_conflicts=True,
        )


def run_undo(job: Job) -> None:
    """Take back what the import did, last line first; what was worked on since stays and says so."""
    sheet = _sheet(job)
    kind = kind_of(sheet.kind)
    open_rows = sheet.rows.filter(done__in=(DONE.CREATED, DONE.CHANGED), undone="")
    more = True
    while more:
        job.check_cancel()
        with transaction.atomic(), pghistory.context(user=sheet.owner_id):
            rows = list(open_rows.order_by("-line").select_for_update(no_key=True)[:CHUNK])
            _undo(rows, kind.writer(sheet.owner))
            gone = [row.object_id or 0 for row in rows if row.undone == SheetRow.Undone.REMOVED]
            sheet.keys.filter(object_id__in=gone).delete()
            SheetRow.objects.keep(rows, ("undone", "undo_said"))
            job.renew()
        more = bool(rows)
        _tell(job, sheet, "undone", SheetRow.Undone.values)
        fault("sheets.undone")


def _undo(rows: list[SheetRow], writer: Writer) -> None:
    """Created rows go together when nobody touched one of them, else one by one."""
    # What was changed may lean on what was created, so it goes back first.
    for row in rows:
        if row.done == DONE.CHANGED:
            _restored(row, writer)
    created = [row for row in rows if row.done == DONE.CREATED]
    if not _removed(created, writer):
        for row in created:
            _removed([row], writer)


def _removed(rows: list[SheetRow], writer: Writer) -> bool:
    try:
        with transaction.atomic():
            writer.remove({row.object_id or 0: row.mark for row in rows})
    except Refusal as refusal:
        for row in rows:
            row.undone, row.undo_said = SheetRow.Undone.KEPT, " ".join(refusal.sentences)
        return False
    for row in rows:
        row.undone, row.undo_said = SheetRow.Undone.REMOVED, ""
    return True


def _restored(row: SheetRow, writer: Writer) -> None:
    mark = dict(row.mark)
    before: dict[str, Any] = mark.pop("before", {})
    try:
        with transaction.atomic():
            writer.restore(row.object_id or 0, mark, before)
            row.undone = SheetRow.Undone.RESTORED
    except Refusal as refusal:
        row.undone, row.undo_said = SheetRow.Undone.KEPT, " ".join(refusal.sentences)


def _sheet(job: Job) -> Sheet:
    found: Sheet = Sheet.objects.select_related("owner").get(pk=job.payload["sheet"])
    return found


def _tell(job: Job, sheet: Sheet, name: str, values: list[str]) -> None:
    """Progress by what the rows say, so that a second run counts the first one's rows too."""
    rows = sheet.rows.exclude(**{name: ""}).order_by()
    told = dict(rows.values_list(name).annotate(n=Count("id")))
    total = sheet.row_count
    if name == "undone":
        total = sheet.rows.filter(done__in=(DONE.CREATED, DONE.CHANGED)).count()
    job.progress(sum(told.values()), total, **{v: told.get(v, 0) for v in values})
