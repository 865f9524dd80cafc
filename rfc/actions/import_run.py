"""A whole folder as one Job: dry run, import, undo; a result per file, progress, cancel."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from accounts.permissions import is_admin
from config.due.jobs import start_job
from config.due.models import Job
from config.flow.errors import NotAllowed, NotYours, Refusal
from rfc.actions.importing import (
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
from rfc.importing.documents import Document, Failure, Skipped
from rfc.importing.folder import read_folder
from rfc.importing.links import LinkIndex
from rfc.keys import rfcs_by_key
from rfc.models import RFC, ImportedDocument, Rendering, Revision
from rfc.text import rendering

OUTCOMES = (CREATED, UPDATED, UNCHANGED, FAILED)
REPORT_EVERY = 10
IMPORT, UNDO = "rfc.import", "rfc.import.undo"


def ask_for_import(*, actor: Any, folder: str, dry_run: bool, here: bool = False) -> Job:
    """Start importing a server folder. Without `here` the folder must lie below an import root.

    Raises NotYours, or NotAllowed when the folder may not be read.
    """
    if actor is not None and not is_admin(actor):
        raise NotYours("Folders of the server are imported by administrators.")
    path = Path(folder).expanduser().resolve()
    if not here and not _below_a_root(path):
        raise NotAllowed(
            f"{folder} is not below a folder this installation may import from. "
            "GATELINE_IMPORT_ROOTS names those folders."
        )
    if not path.is_dir():
        raise NotAllowed(f"{folder} is not a folder on the server.")
    title = f"{'Dry run of ' if dry_run else ''}import of {path.name}"
    payload = {"folder": str(path), "dry_run": dry_run}
    return start_job(kind=IMPORT, owner=actor, title=title, payload=payload, here=here)


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


def _below_a_root(path: Path) -> bool:
    roots = [Path(root).resolve() for root in settings.IMPORT_ROOTS]
    return any(path == root or path.is_relative_to(root) for root in roots)


def run_import(job: Job) -> None:
    """The work of the job; safe to repeat, since what was imported is then unchanged."""
    dry_run = bool(job.payload["dry_run"])
    found = list(read_folder(job.payload["folder"]))
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
    counts = " ".join(f"{name} {count}" for name, count in _counts(rows).items())
    return f"documents {len(rows)} {counts}"


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
    for n, document in enumerate(documents, start=1):
        row = settled[document.source_path]
        if row.action in (CREATED, UPDATED):
            settled[row.path] = _relate(document, index, row)
        if n % REPORT_EVERY == 0:
            job.check_cancel()
            job.progress(n, len(documents))
    return list(settled.values())


def _relate(document: Document, index: LinkIndex, row: Imported) -> Imported:
    successors, lost = index.find_all(document.superseded_by, document.source_path)
    replaced, more_lost = index.find_all(document.replaces, document.source_path)
    rfcs = rfcs_by_key([*successors, *replaced])
    said = relate(
        document=document,
        successors=[rfcs[k] for k in successors if k in rfcs],
        replaced=[rfcs[k] for k in replaced if k in rfcs],
    )
    said += [f"“{target}” leads to nothing that was imported." for target in lost + more_lost]
    render_with_links(row.key, document, index)
    return Imported(row.path, row.action, row.key, [*row.said, *said])


def render_with_links(key: str, document: Document, index: LinkIndex) -> None:
    """Draw the newest revision with its links to other documents; the text itself stays."""
    rfc = rfcs_by_key([key])[key]

    def address(target: str) -> str | None:
        found = index.find(target, document.source_path)
        return f"/rfcs/{found}" if found else None

    done = rendering.render(document.body_markdown, link_resolver=address)
    newest = Revision.objects.filter(rfc=rfc, number=rfc.revision_count)
    newest.update(html=done.html, toc=done.toc_data(), renderer_version=done.version)
    # A large text was also queued to be drawn later, without its links; it is drawn now.
    Rendering.objects.filter(revision__in=newest).delete()


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
