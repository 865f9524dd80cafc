"""Handing in a sheet, saying how it reads and what its columns mean, starting its jobs."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from config.due.jobs import run_here, start_job
from config.due.models import Job
from config.flow.errors import NotAllowed, NotYours, WrongState
from config.sheets.guessing import guessed, header_set
from config.sheets.kinds import KEY, Kind, kind_of
from config.sheets.models import Sheet, SheetMapping, SheetRow
from config.sheets.reading import MOST_BYTES, AskEncoding, AskTab, Table, Unreadable, read

CHECK, RUN, UNDO = "sheets.check", "sheets.run", "sheets.undo"
# A dry run of so many rows is done while the person waits: about a second.
AT_ONCE = 1_000
SAMPLES = 3


def hand_in(*, kind: Kind, owner: Any, upload: UploadedFile) -> Sheet:
    """Keep a file and read it, if it says by itself how. Raises NotYours or Unreadable."""
    if not kind.may_import(owner):
        raise NotYours(_("You may not import %s.") % kind.plural)
    if (upload.size or 0) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB; split it into parts."))
    data = upload.read()
    table, asked = _tried(upload.name or "", data)
    with transaction.atomic():
        sheet = Sheet(
            kind=kind.slug,
            owner=owner,
            original_name=PurePath((upload.name or "file").replace("\\", "/")).name[:200],
            checksum=hashlib.sha256(data).hexdigest(),
            read_as=asked,
        )
        ending = "xlsx" if data.startswith(b"PK") else "csv"
        sheet.file.save(f"{sheet.public_id}.{ending}", ContentFile(data), save=False)
        sheet.save()
        if table is not None:
            _keep(sheet, table)
    return sheet


def read_again(*, sheet: Sheet, encoding: str = "", separator: str = "", tab: str = "") -> Sheet:
    """Read the file another way, before anything was imported. Raises Unreadable, WrongState."""
    with sheet.file.open("rb") as kept:
        data = kept.read()
    try:
        table = read(sheet.original_name, data, encoding=encoding, separator=separator, tab=tab)
    except (AskEncoding, AskTab) as asked:
        raise Unreadable(_("Choose one of them.")) from asked
    with transaction.atomic():
        locked = _untouched(sheet)
        _keep(locked, table)
    return locked


def _tried(name: str, data: bytes) -> tuple[Table | None, dict[str, Any]]:
    try:
        return read(name, data), {}
    except AskEncoding as asked:
        return None, {"ask": "encoding", "samples": asked.samples}
    except AskTab as asked:
        return None, {"ask": "tab", "tabs": asked.tabs}


def _keep(sheet: Sheet, table: Table) -> None:
    """The rows as they stand in the file, and what the columns probably mean."""
    sheet.rows.all().delete()
    sheet.headers, sheet.read_as, sheet.row_count = table.headers, table.read_as, len(table.rows)
    kind = kind_of(sheet.kind)
    known = SheetMapping.objects.filter(
        owner=sheet.owner, kind=sheet.kind, header_set=header_set(table.headers)
    ).first()
    fields = kind.fields(sheet.owner)
    names = {f.name for f in fields} | {KEY}
    if known:
        sheet.mapping = {
            h: f for h, f in known.mapping.items() if h in table.headers and f in names
        }
        sheet.fixed, sheet.key_space = known.fixed, known.key_space
        sheet.day_first = known.day_first
    else:
        sheet.mapping = guessed(table.headers, [f for f in fields if not f.switch])
        sheet.fixed, sheet.key_space = {}, PurePath(sheet.original_name).stem[:120]
    filled = [sum(bool(row[n]) for row in table.rows) for n in range(len(table.headers))]
    samples = [_samples(table, n) for n in range(len(table.headers))]
    sheet.read_as = {
        **table.read_as,
        "remembered": bool(known),
        "filled": filled,
        "samples": samples,
    }
    sheet.check_job = None
    sheet.save()
    SheetRow.objects.bulk_create(
        [
            SheetRow(sheet=sheet, line=line, cells=cells)
            for line, cells in zip(table.lines, table.rows, strict=True)
        ],
        batch_size=1000,
    )


def _samples(table: Table, column: int) -> list[str]:
    """Up to three different cells of a column, shortened."""
    found: dict[str, None] = {}
    for row in table.rows:
        if row[column]:
            found[row[column][:60]] = None
        if len(found) == SAMPLES:
            break
    return list(found)


def map_columns(
    *,
    sheet: Sheet,
    actor: Any,
    mapping: dict[str, str],
    fixed: dict[str, str],
    key_space: str,
    day_first: bool,
) -> Sheet:
    """Say where each column goes, remember it for these headers, and start the dry run."""
    kind = kind_of(sheet.kind)
    fields = {f.name: f for f in kind.fields(sheet.owner)}
    _must_fit(fields, sheet, mapping, fixed)
    told = {"mapping": mapping, "fixed": fixed, "key_space": key_space.strip()[:120]}
    # A tick is meant for this file only.
    lasting = {n: v for n, v in fixed.items() if not fields[n].switch}
    with transaction.atomic():
        locked = _untouched(sheet)
        SheetMapping.objects.update_or_create(
            owner=actor,
            kind=sheet.kind,
            header_set=header_set(sheet.headers),
            defaults={**told, "fixed": lasting, "day_first": day_first},
        )
        for name, value in {**told, "day_first": day_first}.items():
            setattr(locked, name, value)
        locked.check_job = _job(locked, CHECK, _("Dry run of %s"), at_once=_small(locked))
        locked.save()
    if _small(locked) and locked.check_job is not None:
        run_here(locked.check_job)
    return locked


def _small(sheet: Sheet) -> bool:
    return sheet.row_count <= AT_ONCE


def _must_fit(
    fields: dict[str, Any], sheet: Sheet, mapping: dict[str, str], fixed: dict[str, str]
) -> None:
    """Raises NotAllowed with every sentence at once."""
    said = []
    unknown = [f for f in {*mapping.values(), *fixed} if f not in fields and f != KEY]
    strange = [h for h in mapping if h not in sheet.headers]
    said += [_("There is no field “%s”.") % name for name in sorted(unknown)]
    said += [
        _("“%s” is said for the whole file, not by a column.") % field.label
        for name, field in fields.items()
        if field.switch and name in mapping.values()
    ]
    said += [_("The file has no column “%s”.") % name for name in strange]
    for name in sorted(set(mapping.values())):
        columns = [h for h, f in mapping.items() if f == name]
        if len(columns) > 1 and name not in unknown:
            label = fields[name].label if name in fields else _("Key in your own list")
            said.append(
                _("“%(field)s” is chosen for %(columns)s; choose it once.")
                % {"field": label, "columns": " + ".join(columns)}
            )
    kind = kind_of(sheet.kind)
    updates = kind.own_key in mapping.values()
    for name, field in fields.items():
        if field.required and not updates and name not in {*mapping.values(), *fixed}:
            said.append(_("No column goes to “%s”, which every row needs.") % field.label)
    if said:
        raise NotAllowed(*said)


def ask_to_run(*, sheet: Sheet, actor: Any) -> Sheet:
    """Import what the dry run foresaw, as a job; a stopped import goes on. Raises WrongState."""
    with transaction.atomic():
        locked = _locked(sheet)
        if locked.stage not in ("checked", "stopped"):
            raise WrongState(_SAID.get(locked.stage, _SAID["done"]), link=sheet.get_absolute_url())
        open_rows = locked.rows.filter(outcome__in=("create", "change"), done="")
        if not open_rows.exists():
            raise NotAllowed(_("No row would be created or changed; there is nothing to import."))
        locked.run_job = _job(locked, RUN, _("Import of %s"))
        locked.save(update_fields=["run_job"])
    return locked


def ask_to_undo(*, sheet: Sheet, actor: Any) -> Sheet:
    """Take an import back as a whole, as a job. Raises WrongState."""
    with transaction.atomic():
        locked = _locked(sheet)
        if locked.stage not in ("done", "stopped"):
            raise WrongState(
                _SAID.get(locked.stage, _("There is nothing to take back yet.")),
                link=sheet.get_absolute_url(),
            )
        locked.undo_job = _job(locked, UNDO, _("Undo of %s"))
        locked.save(update_fields=["undo_job"])
    return locked


_SAID = {
    "running": "This import is under way; wait until it is done.",
    "undoing": "This import is being taken back.",
    "undone": "This import was taken back; hand the file in again to import it.",
    "done": "This file was imported already; hand it in again to import what you corrected.",
    "checking": "The dry run is still under way.",
    "mapping": "Say first what the columns mean.",
    "reading": "Say first how the file is to be read.",
}


def _job(sheet: Sheet, kind: str, title: str, *, at_once: bool = False) -> Job:
    return start_job(
        kind=kind,
        owner=sheet.owner,
        title=title % sheet.original_name,
        payload={"sheet": sheet.pk},
        total=sheet.row_count,
        here=at_once,
    )


def _locked(sheet: Sheet) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",), no_key=True)
    found: Sheet = rows.select_related("check_job", "run_job", "undo_job", "owner").get(pk=sheet.pk)
    return found


def _untouched(sheet: Sheet) -> Sheet:
    locked = _locked(sheet)
    if locked.stage not in ("reading", "mapping", "checked") or locked.run_job_id:
        raise WrongState(_SAID.get(locked.stage, _SAID["done"]), link=sheet.get_absolute_url())
    return locked
