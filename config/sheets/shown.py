"""An import in words: its stage, its counts, its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.due.models import Job
from config.sheets.kinds import KEY, Kind, kind_of
from config.sheets.models import Sheet, SheetRow
from config.sheets.reading import ENCODINGS

SEPARATOR_WORDS = {
    ",": gettext_lazy("Comma"),
    ";": gettext_lazy("Semicolon"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Vertical bar"),
}
# Stage → tone of its badge, words.
STAGES: dict[str, tuple[str, Any]] = {
    "reading": ("wait", gettext_lazy("Asks how to read it")),
    "mapping": ("wait", gettext_lazy("Columns to be mapped")),
    "checking": ("progress", gettext_lazy("Dry run under way")),
    "checked": ("progress", gettext_lazy("Dry run done")),
    "running": ("progress", gettext_lazy("Importing")),
    "stopped": ("risk", gettext_lazy("Stopped half-way")),
    "done": ("ok", gettext_lazy("Imported")),
    "undoing": ("progress", gettext_lazy("Being taken back")),
    "undone": ("neutral", gettext_lazy("Taken back")),
}
# Value → kind of the count, tone of the badge.
KINDS = {
    "create": ("add", "ok"), "change": ("change", "progress"), "same": ("same", "neutral"),
    "skip": ("off", "off"), "created": ("add", "ok"), "changed": ("change", "progress"),
    "skipped": ("off", "off"), "removed": ("off", "neutral"), "restored": ("change", "progress"),
    "kept": ("same", "risk"),
}  # fmt: skip


CHOICES: dict[str, Any] = {
    "outcome": SheetRow.Outcome.choices,
    "done": SheetRow.Done.choices,
    "undone": SheetRow.Undone.choices,
}


@dataclass(frozen=True)
class ShownRow:
    """One line of the file on the page."""

    row: SheetRow
    words: str
    tone: str
    href: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Shown:
    """What a page says about an import. `field` is the column of the rows that counts now."""

    stage: str
    tone: str
    words: Any
    field: str
    values: list[str]
    counts: list[dict[str, Any]]
    by_value: dict[str, int]
    job: Job | None
    sheet: Sheet

    @property
    def busy(self) -> bool:
        return self.stage in ("checking", "running", "undoing")

    @property
    def open_rows(self) -> int:
        return self.by_value.get("create", 0) + self.by_value.get("change", 0)

    @property
    def left_out(self) -> int:
        return self.by_value.get("skip", 0) + self.by_value.get("skipped", 0)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Upload, map, dry run, import: which are behind, which is now."""
        at = {"reading": 0, "mapping": 1, "checking": 2, "checked": 2}.get(self.stage, 3)
        over = self.stage in ("done", "undoing", "undone")
        labels = (_("Upload"), _("Map"), _("Dry run"), _("Import"))
        return [
            {
                "label": label,
                "state": "done" if n < at or over else "todo",
                "now": n == at and not over,
            }
            for n, label in enumerate(labels)
        ]

    @property
    def mapping(self) -> list[tuple[str, str]]:
        """Column and field in words, and what is the same for all rows."""
        fields = kind_of(self.sheet.kind).fields(self.sheet.owner)
        labels = {KEY: _("Key in your own list"), **{f.name: str(f.label) for f in fields}}
        words = {f.name: dict(f.choices) for f in fields}
        switches = {f.name for f in fields if f.switch}
        told = [
            (column, labels.get(n, n))
            for column in self.sheet.headers
            for n in filter(None, [self.sheet.mapping.get(column)])
        ]
        return told + [
            (labels.get(n, n), words.get(n, {}).get(v, _("yes") if n in switches else v))
            for n, v in self.sheet.fixed.items()
        ]

    @property
    def read_words(self) -> str:
        """How the file was read."""
        told = self.sheet.read_as
        if told.get("kind") == "xlsx":
            return str(_("workbook, tab “%s”") % told["tab"])
        mark = SEPARATOR_WORDS.get(told.get("separator", ","), "")
        return _("%(encoding)s, separated by: %(mark)s") % {
            "encoding": ENCODINGS.get(told.get("encoding", ""), "UTF-16"),
            "mark": str(mark).lower(),
        }

    def rows(self, found: Iterable[SheetRow], kind: Kind, owner: Any) -> list[ShownRow]:
        """The rows with their words; a changed one shows both values."""
        rows = list(found)
        labels: dict[str, str] = {}
        if any(row.changes for row in rows):
            labels = {f.name: str(f.label) for f in kind.fields(owner)}
        return [self._row(row, kind, labels) for row in rows]

    def _row(self, row: SheetRow, kind: Kind, labels: dict[str, str]) -> ShownRow:
        value = row.undone or row.done or row.outcome
        words = row.get_undone_display() or row.get_done_display() or row.get_outcome_display()
        gone = row.undone == SheetRow.Undone.REMOVED
        href = kind.href_of(row) if row.object_id and not gone else ""
        changes = [
            (labels.get(n) or kind.named(n), _plain(old), _plain(new))
            for n, (old, new) in row.changes.items()
        ]
        tone = KINDS.get(value, ("", "neutral"))[1]
        return ShownRow(row, words, tone, href, changes)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(str(v) for v in value.values())
    return "" if value is None else str(value)[:300]


def shown(sheet: Sheet) -> Shown:
    """An import in words; its counts come from the jobs, so that a list needs no query per row."""
    stage = sheet.stage
    tone, words = STAGES[stage]
    field, job = {
        "undoing": ("undone", sheet.undo_job),
        "undone": ("undone", sheet.undo_job),
        "running": ("done", sheet.run_job),
        "stopped": ("done", sheet.run_job),
        "done": ("done", sheet.run_job),
    }.get(stage, ("outcome", sheet.check_job))
    choices: dict[str, Any] = dict(CHOICES[field])
    counted = job.counts if job else {}
    counts = [
        {
            "label": words_of,
            "count": counted.get(value, 0),
            "kind": KINDS[value][0],
            "href": f"?show={value}",
        }
        for value, words_of in choices.items()
    ]
    return Shown(stage, tone, words, field, list(choices), counts, counted, job, sheet)
