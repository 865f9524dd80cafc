"""Rows for spreadsheets: CSV whose cells no spreadsheet takes for formulas. The one piece for that."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

# Excel reads a file as Unicode when it begins with this mark.
MARK = "\ufeff"
# What starts a formula in one program or another; full-width forms are folded first.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# With thousands apart and a percent sign, as people write numbers.
NUMBER = re.compile(r"^[+-]?(\d{1,3}([ ,.']\d{3})*|\d+)([.,]\d+)?\s?%?$")


def runs(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula; true numbers are none."""
    firsts = (text[:1], text.lstrip()[:1])
    if not any(unicodedata.normalize("NFKC", first) in STARTS for first in firsts):
        return False
    return bool(text.strip()) and not NUMBER.match(text.strip())


def harmless(value: Any) -> Any:
    """A cell that shows what it says: texts that look like formulas get a quote in front."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if runs(value) else value


def csv_line(cells: Iterable[Any], separator: str = ",") -> str:
    """One line of CSV."""
    line = io.StringIO()
    csv.writer(line, delimiter=separator).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A whole file, line by line: the mark, the head, the rows."""
    yield MARK + csv_line(head)
    yield from (csv_line(row) for row in rows)
