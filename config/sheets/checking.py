"""The dry run: every row is read, matched with what exists, and judged; nothing else is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from config.due.models import Job
from config.sheets.kinds import KEY, Judge, Judged, Kind, Problem, Target, kind_of
from config.sheets.models import Sheet, SheetKey, SheetRow

CHUNK = 500
PRINT = "="  # space of rows known by what they say, not by a key
WRITTEN = ("outcome", "values", "problems", "changes", "key", "object_id", "label")


@dataclass
class Check:
    """One dry run: what earlier rows of the file said."""

    sheet: Sheet
    kind: Kind
    judge: Judge
    keys: dict[str, int] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)
    own: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = {f: h for h, f in self.sheet.mapping.items()}
        self.places = {h: n for n, h in enumerate(self.sheet.headers)}

    def given(self, row: SheetRow) -> dict[str, str]:
        """The texts of a row by field; an empty cell takes the value fixed for all rows."""
        told = {
            name: row.cells[self.places[column]]
            for name, column in self.columns.items()
            if self.places[column] < len(row.cells)
        }
        return {**told, **{n: v for n, v in self.sheet.fixed.items() if not told.get(n)}}

    def look_at(self, rows: list[SheetRow]) -> None:
        """Judge a chunk with three queries, however many rows."""
        read = [(row, self.judge.judged(self.given(row))) for row in rows]
        own = self.judge.own_keys([j for _row, j in read])
        known = self._known([j for _row, j in read])
        targets = self.judge.targets({*own.values(), *known.values()})
        for row, judged in read:
            self._settle(row, judged, own, known, targets)

    def _known(self, read: list[Judged]) -> dict[tuple[str, str], int]:
        keys = [j.values[KEY] for j in read if j.values.get(KEY)]
        prints = [self.kind.fingerprint(j.values) for j in read if not j.problems]
        found = SheetKey.objects.filter(
            kind=self.kind.slug, space__in=(self.sheet.key_space, PRINT), key__in=[*keys, *prints]
        )
        return {(k.space, k.key): k.object_id for k in found}

    def _settle(
        self,
        row: SheetRow,
        judged: Judged,
        own: dict[str, int],
        known: dict[tuple[str, str], int],
        targets: dict[int, Target],
    ) -> None:
        values = judged.values
        key = str(values.pop(KEY, "") or "")
        own_key = str(values.get(self.kind.own_key, "") or "")
        if not self.kind.key_may_be_new:
            values.pop(self.kind.own_key, None)
        row.values, row.key, row.changes = values, key, {}
        row.object_id, row.label = None, self.kind.called(values)[:300]
        problems = [*judged.problems, *self._doubled(row, key, own_key, judged)]
        target = None
        if own_key:
            target = targets.get(own.get(own_key, 0))
            if target is None and self.kind.key_may_be_new:
                target = targets.get(known.get((PRINT, self.kind.fingerprint(values)), 0))
            elif target is None:
                sentence = _("There is no %s; leave the key empty for a new one.") % own_key
                problems = [p for p in problems if p.code != "missing"]
                problems.append(Problem(self.kind.own_key, own_key, "unknown_key", sentence))
        elif key:
            target = targets.get(known.get((self.sheet.key_space, key), 0))
        elif not problems:
            target = targets.get(known.get((PRINT, self.kind.fingerprint(values)), 0))
        problems += self.judge.settled(values, target)
        self._decide(row, values, problems, target)

    def _decide(
        self, row: SheetRow, values: dict[str, Any], problems: list[Problem], target: Target | None
    ) -> None:
        if target is not None:
            row.object_id, row.label = target.pk, target.label[:300]
            row.changes = {
                n: [target.now.get(n), v]
                for n, v in values.items()
                if n not in self.kind.only_new
                and v not in (None, "", {})
                and target.now.get(n) != v
            }
            # A row that updates needs only what it changes.
            problems = [p for p in problems if p.code != "missing"]
            if row.changes and target.refusal:
                problems.append(Problem("", target.label, "not_yours", target.refusal))
        row.problems = [
            {
                "column": self.columns.get(p.field, ""),
                "value": p.value[:200],
                "code": p.code,
                "sentence": p.sentence,
            }
            for p in problems
        ]
        row.outcome = _outcome(row, target)

    def _doubled(self, row: SheetRow, key: str, own_key: str, judged: Judged) -> Iterator[Problem]:
        """The same key, or the same words without a key, twice in one file."""
        if own_key or key:
            name, said = (self.kind.own_key, own_key) if own_key else (KEY, key)
            first = self.keys.setdefault(f"{name}:{said}", row.line)
            if first != row.line:
                sentence = _("Line %d has the same key; a key stands once in a file.") % first
                yield Problem(name, said, "doubled_key", sentence)
        elif not judged.problems:
            first = self.prints.setdefault(self.kind.fingerprint(judged.values), row.line)
            if first != row.line:
                sentence = _("Line %d says the same; one is enough.") % first
                yield Problem("", row.label, "doubled_row", sentence)


def _outcome(row: SheetRow, target: Target | None) -> str:
    if row.problems:
        return SheetRow.Outcome.SKIP
    if target is None:
        return SheetRow.Outcome.CREATE
    return SheetRow.Outcome.CHANGE if row.changes else SheetRow.Outcome.SAME


def run_check(job: Job) -> None:
    """The work of a dry run; safe to repeat, since it only judges."""
    sheet = Sheet.objects.select_related("owner").get(pk=job.payload["sheet"])
    kind = kind_of(sheet.kind)
    check = Check(sheet, kind, kind.judge(sheet.owner, day_first=sheet.day_first))
    counts: Counter[str] = Counter()
    done, last = 0, 0
    while rows := list(sheet.rows.filter(line__gt=last).order_by("line")[:CHUNK]):
        job.check_cancel()
        check.look_at(rows)
        SheetRow.objects.keep(rows, WRITTEN)
        counts.update(row.outcome for row in rows)
        done, last = done + len(rows), rows[-1].line
        job.progress(done, sheet.row_count, **{o: counts[o] for o in SheetRow.Outcome.values})
