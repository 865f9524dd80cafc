"""Files as tables of text. CSV is read here within limits; workbooks in a limited process."""

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from config.sheets.cells import taken_in
from config.web.child import answer_of

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_CELL = 50_000
CHILD_SECONDS, CHILD_MEGABYTES = 30, 768
SEPARATORS = (",", ";", "\t", "|")
# Asked when a file is not Unicode: what spreadsheet programs of old wrote.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "iso8859_15": "ISO 8859-15 (Latin 9)",
    "mac_roman": "Mac Roman",
}
ASKED = ("cp1252", "cp1250", "iso8859_15", "mac_roman")


class Unreadable(ValueError):
    """The file cannot be read; the message says why and how to mend it."""


class AskEncoding(Exception):
    """The bytes are no Unicode. `samples` shows a telling line under each encoding offered."""

    def __init__(self, samples: dict[str, str]) -> None:
        super().__init__("Which encoding?")
        self.samples = samples


class AskTab(Exception):
    """The workbook has several filled tabs."""

    def __init__(self, tabs: list[str]) -> None:
        super().__init__("Which tab?")
        self.tabs = tabs


@dataclass(frozen=True)
class Table:
    """Headers and rows of text; `lines` are the lines of the file the rows begin at."""

    headers: list[str]
    rows: list[list[str]]
    lines: list[int]
    read_as: dict[str, str] = field(default_factory=dict)


def read(
    name: str, data: bytes, *, encoding: str = "", separator: str = "", tab: str = ""
) -> Table:
    """The table in a file. Raises Unreadable, AskEncoding or AskTab."""
    if not data:
        raise Unreadable(_("The file is empty; choose it again."))
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB; split it into parts."))
    if data.startswith(b"PK"):
        return read_workbook(data, tab)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("This is a workbook of the old kind (.xls); save it as .xlsx or CSV and try again.")
        )
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise Unreadable(_("The file is called .xlsx but is no workbook; save it again."))
    return read_csv(data, encoding, separator)


def read_csv(data: bytes, encoding: str = "", separator: str = "") -> Table:
    """Text with separators; the encoding and the separator are found out when not told."""
    found = encoding or encoding_of(data)
    text = _decoded(data, found)
    if "\x00" in text:
        raise Unreadable(_("This is no text file: it holds null characters. Save it as CSV UTF-8."))
    mark = separator or separator_of(text)
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    found_rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            found_rows.append((begins, cells))
            begins = reader.line_num + 1
            if len(found_rows) > MOST_ROWS + 1:
                raise Unreadable(_too_many())
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d cannot be read: %(why)s. Often a quotation mark is not closed.")
            % {"line": reader.line_num, "why": error}
        ) from error
    return table(found_rows, {"kind": "csv", "encoding": found, "separator": mark})


def encoding_of(data: bytes) -> str:
    """By its mark, else UTF-8 when every byte fits. Raises AskEncoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:400]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AskEncoding(_samples(data, error.start)) from error
    return "utf-8"


def _samples(data: bytes, at: int) -> dict[str, str]:
    start = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    line = data[start : end if end > 0 else None][:200]
    return {name: line.decode(name, "replace").strip() for name in ASKED}


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        words = ENCODINGS.get(encoding, encoding)
        raise Unreadable(_("The file is not %s; choose another encoding.") % words) from error


def separator_of(text: str) -> str:
    """The separator that cuts the first lines most evenly; a comma when none does."""
    if text.lower().startswith("sep="):
        return text[4]
    best, score = ",", (0, 0.0)
    for mark in SEPARATORS:
        widths = Counter(len(cells) for cells in _first_rows(text, mark))
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        if width > 1 and (times, width) > score:
            best, score = mark, (times, width)
    return best


def _first_rows(text: str, mark: str) -> list[list[str]]:
    rows = []
    try:
        for cells in csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=mark):
            rows.append(cells)
            if len(rows) >= 20:
                break
    except csv.Error:
        return rows
    return rows


def read_workbook(data: bytes, tab: str = "") -> Table:
    """A tab of an XLSX file, read by a process with limits of memory and time."""
    said = answer_of(
        "config.sheets.workbook",
        data,
        MOST_ROWS,
        MOST_COLUMNS,
        tab,
        seconds=CHILD_SECONDS,
        megabytes=CHILD_MEGABYTES,
        patience=2,
    )
    try:
        told = json.loads(said) if said else {}
    except ValueError:
        told = {}
    if not told:
        raise Unreadable(
            _("This workbook is damaged or far larger inside than it looks. Save it as CSV UTF-8.")
        )
    if told.get("error") == "too_many":
        raise Unreadable(_too_many())
    if told.get("error"):
        raise Unreadable(_("This is no workbook we can read. Save it as .xlsx or CSV UTF-8."))
    if told.get("tabs"):
        raise AskTab(told["tabs"])
    return table(list(enumerate(told["rows"], start=1)), {"kind": "xlsx", "tab": told["tab"]})


def _too_many() -> str:
    return _("The file has more than %d rows; split it into parts.") % MOST_ROWS


def table(found: list[tuple[int, list[str]]], read_as: dict[str, str]) -> Table:
    """The first filled row names the columns; empty rows are left out. Raises Unreadable."""
    filled = [(line, [taken_in(c) for c in cells]) for line, cells in found]
    filled = [(line, cells) for line, cells in filled if any(cells)]
    if filled and len(filled[0][1]) == 1 and filled[0][1][0].lower().startswith("sep="):
        filled = filled[1:]
    if not filled:
        raise Unreadable(_("The file has no filled row."))
    headers = _headers(filled[0][1])
    if len(headers) > MOST_COLUMNS:
        raise Unreadable(_("The file has more than %d columns.") % MOST_COLUMNS)
    if len(filled) == 1:
        raise Unreadable(_("The file has a row of headers but no row below it."))
    width = len(headers)
    rows = [(cells + [""] * width)[: max(width, 1)] for _line, cells in filled[1:]]
    return Table(headers, rows, [line for line, _cells in filled[1:]], read_as)


def _headers(cells: list[str]) -> list[str]:
    """Names of columns; an unnamed one is called by its place, a doubled one gets a number."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    named: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:120] or _("Column %d") % place
        times = sum(n == name or n.startswith(f"{name} (") for n in named)
        named.append(f"{name} ({times + 1})" if times else name)
    return named
