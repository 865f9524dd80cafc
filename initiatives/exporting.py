"""A filtered set as CSV, XLSX, JSON, iCalendar or Atom. Rows come in the order of the screen."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles.fonts import Font
from openpyxl.workbook.workbook import Workbook

from config.web.rows import csv_lines, runs
from initiatives.phases import words
from initiatives.queries.lists import Row, as_rows, rows, with_kpis

BATCH = 500
NEWEST = 100
COLUMNS = (
    "key",
    "title",
    "phase",
    "line",
    "owner",
    "team",
    "source",
    "requester",
    "deadline",
    "score",
    "days_in_phase",
    "promised_kpis",
    "lines_touched",
    "snoozed_until",
    "handed_in",
    "changed",
    "address",
)


def read(found: Any) -> Iterator[Row]:
    """Every row, five hundred at a time, so that a large set needs no large memory."""
    values = iter(rows(found).iterator(chunk_size=BATCH))
    while batch := list(islice(values, BATCH)):
        made = as_rows(batch)
        with_kpis(made)
        yield from made


def record(row: Row) -> dict[str, Any]:
    """One row with real types; unknown is None."""
    told = (
        row.key,
        row.title,
        words(row.phase),
        row.line or None,
        row.owner or None,
        row.team or None,
        row.source,
        row.requester,
        row.deadline,
        row.score,
        round(row.days, 1),
        " ".join(row.kpis) or None,
        max(row.further, 1) if row.line else row.further,
        row.snoozed_until,
        row.created_at,
        row.changed_at,
        f"{settings.BASE_URL}{row.href}",
    )
    return dict(zip(COLUMNS, told, strict=True))


def as_csv(found: Iterable[Row]) -> Iterator[str]:
    """Comma-separated UTF-8 with the mark that Excel asks for."""
    told = ([_cell_text(v) for v in record(row).values()] for row in found)
    return csv_lines(COLUMNS, told)


def _cell_text(value: Any) -> Any:
    return _stamp(value) if isinstance(value, datetime) else value


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def as_json(found: Iterable[Row], **about: Any) -> Iterator[str]:
    """One object: what the set is, then its rows."""
    head = json.dumps(about, default=str)[1:-1]
    yield "{" + (f"{head}, " if head else "") + '"results": ['
    for n, row in enumerate(found):
        text = json.dumps(record(row), default=_plain, ensure_ascii=False)
        yield f",\n{text}" if n else f"\n{text}"
    yield "\n]}\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return _stamp(value)
    return value.isoformat() if hasattr(value, "isoformat") else float(value)


def as_xlsx(found: Iterable[Row], told: Any = None) -> bytes:
    """A sheet with typed cells; text stays text, whatever it begins with. `told` hears progress."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Initiatives")
    sheet.freeze_panes = "C2"
    heads = []
    for name in COLUMNS:
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for n, row in enumerate(found, 1):
        sheet.append([_cell_of(sheet, v) for v in record(row).values()])
        if told and n % BATCH == 0:
            told(n)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _cell_of(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, str) and runs(value):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    return value


def as_ics(found: Iterable[Row], name: str) -> Iterator[str]:
    """The deadlines as whole-day events."""
    stamp = timezone.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gateline//Deadlines//EN")
    yield from (_folded(text) for text in (*head, f"X-WR-CALNAME:{_escaped(name)}"))
    for row in found:
        if row.deadline is None:
            continue
        event = (
            "BEGIN:VEVENT",
            f"UID:{row.key}-deadline@{settings.BASE_URL.split('//')[-1]}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{row.deadline:%Y%m%d}",
            f"DTEND;VALUE=DATE:{row.deadline + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'{row.key} {row.title}')}",
            f"DESCRIPTION:{_escaped(f'{words(row.phase)} · {row.line} · {row.owner}')}",
            f"URL:{settings.BASE_URL}{row.href}",
            "END:VEVENT",
        )
        yield from (_folded(text) for text in event)
    yield _folded("END:VCALENDAR")


def _escaped(text: str) -> str:
    for plain, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(plain, told)
    return text


def _folded(text: str) -> str:
    """Lines of at most 75 bytes, continued by a blank, never cut inside a letter."""
    parts: list[bytes] = []
    now = b""
    for letter in text:
        code = letter.encode()
        if len(now) + len(code) > (75 if not parts else 74):
            parts.append(now)
            now = b""
        now += code
    return b"\r\n ".join([*parts, now]).decode() + "\r\n"


def as_atom(found: Any, name: str, address: str) -> str:
    """What changed last in the set, newest first."""
    feed = Atom1Feed(title=name, link=address, description="", feed_url=address)
    newest = found.order_by("-changed_at", "-id")[:NEWEST]
    for row in as_rows(rows(newest)):
        feed.add_item(
            title=f"{row.key} {row.title}",
            link=f"{settings.BASE_URL}{row.href}",
            description=" · ".join(filter(None, [words(row.phase), row.line, row.owner])),
            unique_id=f"{settings.BASE_URL}{row.href}#{row.changed_at.isoformat()}",
            pubdate=row.created_at,
            updateddate=row.changed_at,
        )
    return str(feed.writeString("utf-8"))
