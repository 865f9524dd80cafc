"""The limited process that reads XLSX: time, memory, no file written, no Django.

Reads the file from standard input, writes one JSON object to standard output. Started by
`reading`; nothing else runs it.
"""

import io
import json
import sys
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl.reader.excel import load_workbook

from config.web.child import limited

MOST_INSIDE = 120 * 1024 * 1024
MOST_PARTS = 2_000
CHUNK = 1 << 20


def sound(data: bytes) -> bool:
    """Whether the archive stays within its limits when unpacked, and declares no entities."""
    inside = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_INSIDE:
            return False
        for part in parts:
            # What the directory says may be a lie: count what really comes out.
            with archive.open(part) as member:
                head = member.read(4096)
                if part.filename.endswith((".xml", ".rels")) and b"<!" in head:
                    return False
                inside += len(head)
                while chunk := member.read(CHUNK):
                    inside += len(chunk)
                    if inside > MOST_INSIDE or b"<!ENTITY" in chunk:
                        return False
    return True


def said(value: Any) -> str:
    """A cell as text: days in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def rows_of(sheet: Any, most_rows: int, most_columns: int) -> list[list[str]] | None:
    """Rows of text; None when there are too many."""
    found: list[list[str]] = []
    empty = 0
    for cells in sheet.iter_rows(values_only=True, max_col=most_columns + 1):
        row = [said(c) for c in cells]
        found.append(row)
        empty = 0 if any(row) else empty + 1
        if empty > 1000:  # a sheet that claims a million rows and fills ten
            break
        if len(found) - empty > most_rows + 1:
            return None
    return found[: len(found) - empty] if empty else found


def read(data: bytes, most_rows: int, most_columns: int, wanted: str) -> dict[str, Any]:
    """The wanted tab, the only filled one, or the names of several."""
    if not sound(data):
        return {"error": "unsound"}
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    names = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    filled = [n for n in names if any(any(c is not None for c in r)
              for r in book[n].iter_rows(values_only=True, max_row=20))]  # fmt: skip
    if wanted not in names and len(filled) > 1:
        return {"tabs": filled}
    tab = wanted if wanted in names else (filled or names)[0]
    rows = rows_of(book[tab], most_rows, most_columns)
    return {"error": "too_many"} if rows is None else {"tab": tab, "rows": rows}


def main() -> None:
    most_rows, most_columns, tab = limited()
    try:
        told = read(sys.stdin.buffer.read(), int(most_rows), int(most_columns), tab)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - a damaged workbook fails in any way it likes
        told = {"error": "damaged"}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
