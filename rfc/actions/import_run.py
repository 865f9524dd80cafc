"""A whole folder as one Job: dry run, import, undo; a result per file, progress, cancel."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q

from accounts.permissions import is_admin
from config.due.jobs import start_job
from config.due.models import Job
from config.flow.errors import NotAllowed, NotYours, Refusal
from config.flow.keys import number_of
from rfc.actions.importing import (
    CONFLICT,
    CREATED,
    FAILED,
    UNCHANGED,
    UPDATED,
    Imported,
    foreseen,
    import_document,
    relate,
    undo_document,
)
from rfc.actions.importing_pictures import Attached
from rfc.importing.documents import Document, Failure, Skipped
from rfc.importing.folder import read_folder
from rfc.importing.links import LinkIndex
from rfc.keys import rfcs_by_key
from rfc.models import RFC, ImportedDocument, Rendering, Revision
from rfc.models.drawing import drawn
from rfc.queries.imports import KIND

OUTCOMES = (CREATED, UPDATED, UNCHANGED, CONFLICT, FAILED)
REPORT_EVERY = 10
# A picture of the source shown as words; one elsewhere in the web stays so.
MISSES_PICTURE = r'<span class="picture" title="(?!https?:)'
IMPORT, UNDO = KIND, f"{KIND}.undo"


def ask_for_import(
    *, actor: Any, folder: str, dry_run: bool, corpus: str = "", here: bool = False
) -> Job:
    """Start importing a server folder. Without `here` the folder must lie below an import root.

    `corpus` is what the documents are known by from then on; the folder's own name by default.

    Raises NotYours, or NotAllowed when the folder may not be read.
    """
    if actor is not None and not is_admin(actor):
        raise NotYours("Folders of the server are imported by administrators.")
    path = Path(folder).expanduser().resolve()
    if not here:
        must_be_below_a_root(path, folder)
    if not path.is_dir():
        raise NotAllowed(f"{folder} is not a folder on the server.")
    title = f"{'Dry run of ' if dry_run else ''}import of {corpus or path.name}"
    payload = {"folder": str(path), "dry_run": dry_run, "corpus": corpus}
    return start_job(kind=IMPORT, owner=actor, title=title, payload=payload, here=here)


def ask_again(*, actor: Any, job: Job) -> Job:
    """Import for good what a dry run looked at, or the same folder once more."""
    folder, corpus = job.payload["folder"], job.payload.get("corpus", "")
    return ask_for_import(actor=actor, folder=folder, corpus=corpus, dry_run=False)


def ask_to_undo(*, actor: Any, job: Job, here: bool = False) -> Job:
    """Start taking an import back: RFCs it created go, unless people worked on them."""
    if actor is not None and not is_admin(actor):
        raise NotYours("Imports are undone by administrators.")
    if job.kind != IMPORT or job.payload.get("dry_run"):
        raise NotAllowed("Only an import that wrote something can be undone.")
    payload = {"job": job.pk}
    return start_job(
        kind=UNDO, owner=actor, title=f"Undo of: {job.title}", payload=payload, here=here
    )


def must_be_below_a_root(path: Path, named: str) -> None:
    """Raises NotAllowed when the installation may not import from there."""
    roots = [Path(root).resolve() for root in [*settings.IMPORT_ROOTS, uploads_root()]]
    if not any(path == root or path.is_relative_to(root) for root in roots):
        raise NotAllowed(
            f"{named} is not below a folder this installation may import from. "
            "GATELINE_IMPORT_ROOTS names those folders."
        )


def uploads_root() -> Path:
    """Where folders that were handed in wait to be imported."""
    return Path(settings.MEDIA_ROOT) / "imports"


def run_import(job: Job) -> None:
    """The work of the job; safe to repeat, since what was imported is then unchanged."""
    dry_run = bool(job.payload["dry_run"])
    found = list(read_folder(job.payload["folder"], corpus=job.payload.get("corpus", "")))
    documents = [f for f in found if isinstance(f, Document)]
    failures = [f for f in found if isinstance(f, Failure)]
    rows = [Imported(f.source_path, FAILED, "", [f.reason]) for f in failures]
    act: Callable[[Document], Imported] = (
        foreseen if dry_run else lambda document: _guarded(document, job)
    )
    for n, document in enumerate(documents, start=1):
        rows.append(act(document))
        if n % REPORT_EVERY == 0 or n == len(documents):
            job.check_cancel()
            job.progress(n, len(documents), **_counts(rows))
    if not dry_run:
        rows = _relate_all(documents, found, rows, job)
    skipped = [{"path": f.source_path, "reason": f.reason} for f in found if isinstance(f, Skipped)]
    rows.sort(key=lambda row: row.path)
    job.progress(len(documents), len(documents), **_counts(rows))
    job.report(files=[row.as_json() for row in rows], skipped=skipped, summary=summary_of(rows))
    job.note(summary_of(rows))


def _guarded(document: Document, job: Job) -> Imported:
    try:
        return import_document(document=document, job=job)
    except Refusal as refusal:
        return Imported(document.source_path, FAILED, "", refusal.sentences)
    except (DatabaseError, ValueError) as error:
        job.note(f"{document.source_path}: {error}", level="error")
        return Imported(
            document.source_path, FAILED, "", ["The database refused it; see the job's log."]
        )


def _counts(rows: list[Imported]) -> dict[str, int]:
    counted = Counter(row.action for row in rows)
    return {name: counted[name] for name in OUTCOMES}


def summary_of(rows: list[Imported]) -> str:
    """The line that closes an import: `documents 101 created 101 updated 0 …`."""
    counted = _counts(rows)
    said = (f"{name} {count}" for name, count in counted.items() if count or name != CONFLICT)
    return f"documents {len(rows)} {' '.join(said)}"


def _relate_all(
    documents: list[Document], found: list[Any], rows: list[Imported], job: Job
) -> list[Imported]:
    """Replacements, states and links, once every document has its key."""
    index = LinkIndex()
    keys = {row.path: row.key for row in rows if row.key}
    for document in documents:
        if document.source_path in keys:
            index.add(document, keys[document.source_path])
    for each in found:
        if isinstance(each, Skipped):
            index.add_alias(each)
    settled: dict[str, Imported] = {row.path: row for row in rows}
    again = _to_draw_again(rows, newcomers=any(row.action == CREATED for row in rows))
    for n, document in enumerate(documents, start=1):
        row = settled[document.source_path]
        if row.action in (CREATED, UPDATED):
            settled[row.path] = _relate(document, index, row, job)
        elif row.key in again:
            settled[row.path] = replace(row, said=[*row.said, *_draw(row.key, index, job)])
        if n % REPORT_EVERY == 0:
            job.check_cancel()
            job.progress(n, len(documents))
    return list(settled.values())


def _to_draw_again(rows: list[Imported], *, newcomers: bool) -> set[str]:
    """Keys of unchanged documents whose HTML may be better now: a picture was missing when it was
    drawn, or a link led nowhere and other documents came since. One query.
    """
    numbers = [number_of("RFC", row.key) for row in rows if row.action == UNCHANGED]
    lacks = Q(html__regex=MISSES_PICTURE)
    if newcomers:
        lacks |= Q(html__contains='class="unresolved"')
    newest = Revision.objects.filter(
        lacks, rfc__number__in=numbers, number=F("rfc__revision_count")
    )
    return {f"RFC-{number}" for number in newest.order_by().values_list("rfc__number", flat=True)}


def _relate(document: Document, index: LinkIndex, row: Imported, job: Job) -> Imported:
    successors, lost = index.find_all(document.superseded_by, document.source_path)
    replaced, more_lost = index.find_all(document.replaces, document.source_path)
    rfcs = rfcs_by_key([*successors, *replaced])
    said = relate(
        document=document,
        successors=[rfcs[k] for k in successors if k in rfcs],
        replaced=[rfcs[k] for k in replaced if k in rfcs],
    )
    said += [f"“{target}” leads to nothing that was imported." for target in lost + more_lost]
    said += _draw(row.key, index, job)
    return Imported(row.path, row.action, row.key, [*row.said, *said])


@transaction.atomic
def _draw(key: str, index: LinkIndex, job: Job) -> list[str]:
    """Draw the newest revision with its links and pictures; the text itself stays."""
    rfc = RFC.objects.select_for_update(no_key=True).get(number=number_of("RFC", key) or 0)
    known = ImportedDocument.objects.get(rfc=rfc)
    pictures = Attached(Path(job.payload["folder"]), rfc, known, job.owner)
    newest = Revision.objects.get(rfc=rfc, number=rfc.revision_count)
    columns = drawn(rfc, newest.body, index, pictures)
    pictures.done()
    Revision.objects.filter(pk=newest.pk).update(**columns)
    Rendering.objects.filter(revision=newest).delete()
    return pictures.said


def run_undo(job: Job) -> None:
    """Take back what an import did, one document after the other."""
    source = Job.objects.get(pk=job.payload["job"])
    rows = list(ImportedDocument.objects.filter(last_job=source).select_related("rfc"))
    # Successors go last: an RFC stays while another one names it.
    rows.sort(key=lambda row: RFC.objects.filter(superseded_by=row.rfc).exists())
    said = []
    for n, row in enumerate(rows, start=1):
        job.check_cancel()
        said.append({"path": row.path, "said": undo_document(known=row, job=source)})
        job.progress(n, len(rows))
    job.report(files=said, summary=f"{len(rows)} documents looked at")
