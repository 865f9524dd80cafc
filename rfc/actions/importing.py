"""Importing documents written elsewhere: one RFC per document, one revision per changed text.

What was decided elsewhere is recorded as such; no approval is invented and nothing is guessed:
what has no place here is listed per document.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import Refusal
from config.flow.keys import next_number
from config.flow.steps import take
from rfc.actions.functions import settle_functions
from rfc.actions.people_named import known_people, unknown_author
from rfc.actions.starting import open_draft
from rfc.actions.teams_named import known_teams
from rfc.actions.writing import add_revision
from rfc.importing.documents import Document
from rfc.importing.statuses import settled
from rfc.models import RFC, ImportedDocument
from rfc.signals import document_imported, document_unimported

CREATED, UPDATED, UNCHANGED, FAILED = "created", "updated", "unchanged", "failed"
CONFLICT = "conflict"
AGAIN = "Imported again; it had changed."


@dataclass(frozen=True)
class Imported:
    """What became of one document. `said` are sentences about what could not be mapped."""

    path: str
    action: str
    key: str = ""
    said: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"path": self.path, "action": self.action, "key": self.key, "said": self.said}


def foreseen(document: Document) -> Imported:
    """What importing the document would do; writes nothing."""
    known = _known(document)
    if known is None:
        return Imported(document.source_path, CREATED, "", document.unmapped)
    if known.content_hash == document.content_hash:
        return Imported(document.source_path, UNCHANGED, known.rfc.key, document.unmapped)
    if written_here(known.rfc, known):
        return Imported(document.source_path, CONFLICT, known.rfc.key, [_both(known.rfc)])
    return Imported(document.source_path, UPDATED, known.rfc.key, document.unmapped)


@transaction.atomic
def import_document(*, document: Document, job: Any = None) -> Imported:
    """Create or update the RFC of one document; an unchanged one is left alone.

    One that changed there and here is a conflict: what the source says is kept beside the text
    written here, and neither is lost. See rfc.actions.import_conflicts.
    """
    known = _known(document, lock=True)
    if known is None:
        return _create(document, job)
    if known.content_hash == document.content_hash:
        _settled(known)
        return Imported(document.source_path, UNCHANGED, known.rfc.key, known.unmapped)
    return _update(document, known, job)


def written_here(rfc: RFC, known: ImportedDocument) -> bool:
    """Whether people wrote in the RFC since the source was read last."""
    if rfc.draft_hash != rfc.published_hash:
        return True
    if known.revision_number:
        return rfc.revision_count != known.revision_number
    newest = rfc.revisions.first()
    return newest is not None and newest.number > 1 and newest.note != AGAIN


def _both(rfc: RFC) -> str:
    return f"{rfc.key} changed in its source and here; both texts are kept until you choose."


def _settled(known: ImportedDocument) -> None:
    """The source took its change back: there is nothing to choose any more."""
    if known.in_conflict:
        known.theirs = known.theirs_title = known.theirs_hash = ""
        known.save(update_fields=["theirs", "theirs_title", "theirs_hash"])


def _known(document: Document, *, lock: bool = False) -> ImportedDocument | None:
    rows = ImportedDocument.objects.select_related("rfc")
    rows = rows.select_for_update(of=("self",), no_key=True) if lock else rows
    return rows.filter(corpus=document.corpus, path=document.source_path).first()


def _create(document: Document, job: Any) -> Imported:
    said = list(document.unmapped)
    authors = known_people(document.authors)
    if not authors:
        said.append("No author is named; “Unknown author” stands in.")
    owner, others, about_teams = known_teams(document.owning_team, document.participating_teams)
    said.extend(about_teams)
    rfc = RFC.objects.create(
        number=next_number("RFC"),
        title=document.title[:255],
        author=authors[0] if authors else unknown_author(),
        line=owner.line if owner else None,
        owning_team=owner,
        created_date=document.created or timezone.localdate(),
        stands_alone_reason="It was written and decided elsewhere.",
    )
    rfc.co_authors.set(authors[1:])
    rfc.named_reviewers.set(known_people(document.reviewers))
    rfc.named_approvers.set(known_people(document.approvers))
    rfc.participating_teams.set(others)
    ImportedDocument.objects.create(
        corpus=document.corpus,
        path=document.source_path,
        rfc=rfc,
        external_number=document.number[:60],
        external_status=document.status_raw[:60],
        content_hash=document.content_hash,
        unmapped=said,
        revision_number=1,
        first_job=job,
        last_job=job,
    )
    draft = open_draft(rfc, body=document.body_markdown, writer=rfc.author)
    add_revision(rfc, draft, author=rfc.author, editors=[rfc.author, *authors[1:]], draw=False)
    teams = [owner, *others] if owner else others
    document_imported.send(sender=RFC, rfc=rfc, teams=teams, status=document.status)
    return Imported(document.source_path, CREATED, rfc.key, said)


def _update(document: Document, known: ImportedDocument, job: Any) -> Imported:
    rfc = RFC.objects.select_for_update(no_key=True).get(pk=known.rfc_id)
    same = rfc.draft.body == document.body_markdown
    if written_here(rfc, known) and not same:
        known.theirs, known.theirs_title = document.body_markdown, document.title[:255]
        known.theirs_hash, known.last_job = document.content_hash, job
        known.save()
        return Imported(document.source_path, CONFLICT, rfc.key, [_both(rfc)])
    if not same or rfc.title != document.title[:255]:
        revise(rfc, document.title, document.body_markdown, by=rfc.author, note=AGAIN)
    known.content_hash = document.content_hash
    known.revision_number = rfc.revision_count
    known.theirs = known.theirs_title = known.theirs_hash = ""
    known.unmapped = document.unmapped
    known.external_status = document.status_raw[:60]
    known.last_job = job
    known.save()
    return Imported(document.source_path, UPDATED, rfc.key, document.unmapped)


def revise(rfc: RFC, title: str, body: str, *, by: Any, note: str) -> None:
    """Make what the source says the next revision of a locked RFC without unpublished edits."""
    draft = rfc.draft
    draft.title, draft.body = title[:255], body
    draft.row_version += 1
    draft.save()
    add_revision(rfc, draft, author=by, editors=[by], note=note, draw=False)


@transaction.atomic
def relate(*, document: Document, successors: list[RFC], replaced: list[RFC]) -> list[str]:
    """Second pass, once all documents are there: what it replaces, and its state.

    Returns sentences about what could not be taken over.
    """
    known = _known(document, lock=True)
    if known is None:
        return []
    rfc = RFC.objects.select_for_update(no_key=True).get(pk=known.rfc_id)
    rfc.replaces.set(r for r in replaced if r.pk != rfc.pk)
    successor = next((s for s in successors if s.pk != rfc.pk), None)
    state, sentence = settled(document.status, successor_known=successor is not None)
    said = [sentence] if sentence else []
    if state != rfc.phase:
        said.extend(_take_over(rfc, document, state, successor))
        rfc.refresh_from_db()
    # What was decided elsewhere asks nobody here until its text changes here.
    if rfc.phase in (RFC.DRAFT, RFC.IN_REVIEW):
        settle_functions(rfc)
    if said:
        known.unmapped = [*known.unmapped, *(s for s in said if s not in known.unmapped)]
        known.save(update_fields=["unmapped"])
    return said


def _take_over(rfc: RFC, document: Document, state: str, successor: RFC | None) -> list[str]:
    told = {"successor": successor} if state == RFC.SUPERSEDED else {}
    note = f"“{document.status_raw or 'no status'}” in {document.source_path}."
    try:
        take(rfc, "record-imported", actor=None, note=note, state=state, **told)
    except Refusal as refusal:
        return refusal.sentences
    return []


@transaction.atomic
def undo_document(*, known: ImportedDocument, job: Any) -> str:
    """Take one document of an import back; answers what happened in a sentence.

    A created RFC goes unless people worked on it; an updated one keeps its revisions, since a
    revision is never taken back.
    """
    rfc = RFC.objects.select_for_update(no_key=True).get(pk=known.rfc_id)
    if known.first_job_id != job.pk:
        return f"{rfc.key} keeps its new revision; a revision is never taken back."
    touched = (
        rfc.positions.exists()
        or rfc.comments.exists()
        or rfc.decision_links.exists()
        or rfc.revision_count > 1
        or rfc.draft_hash != rfc.published_hash
        or rfc.steps_taken.filter(actor__isnull=False).exists()
    )
    if touched:
        return f"{rfc.key} stays: people have worked on it since."
    key = rfc.key
    document_unimported.send(sender=RFC, rfc=rfc)
    rfc.refresh_from_db()
    RFC.objects.filter(superseded_by=rfc).exclude(phase=RFC.SUPERSEDED).update(superseded_by=None)
    if RFC.objects.filter(superseded_by=rfc).exists():
        return f"{key} stays: another RFC names it as its successor."
    _delete(rfc)
    return f"{key} is gone."


def _delete(rfc: RFC) -> None:
    rfc.steps_taken.all().delete()
    for revision in rfc.revisions.all():
        revision.sections.all().delete()
        revision.delete()
    rfc.delete()
