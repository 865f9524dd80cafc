"""The file back, with what became of each row: same columns, same order, same kind of file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from tablib.core import Dataset

from config.sheets.guessing import OURS
from config.sheets.kinds import Kind, kind_of
from config.sheets.models import Sheet, SheetRow
from config.web.rows import csv_line, harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = ("outcome", "key", "column", "value", "code", "sentence")


def annotated(sheet: Sheet, *, only_left_out: bool = False) -> tuple[bytes, str, str]:
    """The bytes, the content type and the file's name."""
    rows = sheet.rows.order_by("line")
    if only_left_out:
        left = {"done": "skipped"} if sheet.run_job_id else {"outcome": "skip"}
        rows = rows.filter(**left)
    keep = [n for n, h in enumerate(sheet.headers) if not h.startswith(OURS)]
    headers = [sheet.headers[n] for n in keep] + [OURS + n for n in NAMES]
    kind = kind_of(sheet.kind)
    lines = ([*(row.cells[n] if n < len(row.cells) else "" for n in keep), *_said(row, kind)]
             for row in rows.iterator(chunk_size=1000))  # fmt: skip
    stem = sheet.original_name.rsplit(".", 1)[0]
    if sheet.read_as.get("kind") == "xlsx":
        return _workbook(headers, lines), XLSX, f"{stem} {_('annotated')}.xlsx"
    return _text(sheet, headers, lines), "text/csv; charset=utf-8", f"{stem} {_('annotated')}.csv"


def _said(row: SheetRow, kind: Kind) -> list[str]:
    problems: list[dict[str, str]] = row.problems
    outcome = row.get_done_display() if row.done else row.get_outcome_display()
    # A new request's key is the first word of its label; one that is left out has none.
    key = kind.key_of(row) if row.object_id else ""
    return [str(outcome), key, *(" | ".join(p[n] for p in problems) for n in NAMES[2:])]


def _text(sheet: Sheet, headers: list[str], lines: Iterator[list[str]]) -> bytes:
    encoding = sheet.read_as.get("encoding", "utf-8")
    separator = sheet.read_as.get("separator", ",")
    out = "".join(csv_line(cells, separator) for cells in (headers, *lines))
    # The mark tells spreadsheet programs that this is Unicode.
    told = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
    return out.encode(told.get(encoding, encoding), "replace")


def _workbook(headers: list[str], lines: Iterator[list[str]]) -> bytes:
    book = Dataset(title=_("Rows"))
    book.headers = headers
    for cells in lines:
        book.append([_typed(c) for c in cells])
    written: Any = book.export("xlsx")
    return bytes(written)


def _typed(cell: str) -> Any:
    """A whole number as a number; a code with a leading zero stays a text."""
    plain = cell.isascii() and cell.isdecimal() and len(cell) < 16
    if plain and str(int(cell)) == cell:
        return int(cell)
    return harmless(cell)
