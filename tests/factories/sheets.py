"""Tables as people hand them in, and the way through an import."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from config.due.jobs import run_here
from config.sheets.actions import ask_to_run, ask_to_undo, hand_in, map_columns
from config.sheets.kinds import kind_of
from config.sheets.models import Sheet

HEADERS = ["Number", "Problem", "Who has it", "Source", "Business line", "Deadline", "Title"]
MAPPING = {
    "Number": "external_key",
    "Problem": "problem",
    "Who has it": "affected",
    "Source": "source",
    "Business line": "line",
    "Deadline": "deadline_date",
    "Title": "title",
}


def line(n, **more):
    told = {
        "Number": f"R-{n}",
        "Problem": f"Agents of group {n} wait two days for their payouts and close at six.",
        "Who has it": f"{n} agents",
        "Source": "Growth",
        "Business line": "Payments",
        "Deadline": "",
        "Title": f"Instant settlement for group {n}",
        **more,
    }
    return [told[h] for h in HEADERS]


def as_csv(rows, headers=HEADERS, separator=",", encoding="utf-8"):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([headers, *rows])
    return out.getvalue().encode(encoding)


def handed_in(owner, data, name="wishes.csv") -> Sheet:
    return hand_in(kind=kind_of("requests"), owner=owner, upload=SimpleUploadedFile(name, data))


def checked(owner, rows, mapping=None, **more) -> Sheet:
    """Handed in, mapped, dry run done."""
    sheet = handed_in(owner, rows if isinstance(rows, bytes) else as_csv(rows))
    told = {"fixed": {}, "key_space": "wishes", "day_first": True, **more}
    sheet = map_columns(
        sheet=sheet, actor=owner, mapping=MAPPING if mapping is None else mapping, **told
    )
    if sheet.check_job.finished_at is None:
        run_here(sheet.check_job)
    return again(sheet)


def imported(owner, rows, **more) -> Sheet:
    sheet = ask_to_run(sheet=checked(owner, rows, **more), actor=owner)
    run_here(sheet.run_job)
    return again(sheet)


def undone(sheet) -> Sheet:
    sheet = ask_to_undo(sheet=sheet, actor=sheet.owner)
    run_here(sheet.undo_job)
    return again(sheet)


def again(sheet) -> Sheet:
    return Sheet.objects.select_related("owner", "check_job", "run_job", "undo_job").get(
        pk=sheet.pk
    )
