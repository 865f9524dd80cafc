"""A document that changed in its source and here: a person chooses, and neither text is lost."""

from typing import Any

from django.db import transaction

from accounts.permissions import is_admin
from config.flow.errors import NotAllowed, NotYours
from rfc.actions.importing import revise
from rfc.models import RFC, ImportedDocument, Rendering
from rfc.permissions import edits

TAKEN = "Taken from its source, where it had changed too."


def settles_conflict(person: Any, rfc: RFC) -> bool:
    """Administrators, and whoever writes the text."""
    return is_admin(person) or edits(person, rfc)


@transaction.atomic
def keep_ours(*, known: ImportedDocument, actor: Any) -> RFC:
    """The text written here stays; this change of the source is not offered again."""
    known, rfc = _locked(known, actor)
    _close(known)
    return rfc


@transaction.atomic
def take_theirs(*, known: ImportedDocument, actor: Any) -> RFC:
    """What the source says becomes the next revision; the earlier ones stay to be read.

    NotAllowed while the draft holds edits nobody published: they would be lost.
    """
    known, rfc = _locked(known, actor)
    if rfc.has_unpublished_edits:
        raise NotAllowed(
            f"The draft of {rfc.key} holds unpublished edits; publish or discard them first.",
            link=rfc.edit_url,
        )
    revise(rfc, known.theirs_title or rfc.title, known.theirs, by=actor, note=TAKEN)
    Rendering.objects.create(revision=rfc.revisions.get(number=rfc.revision_count))
    known.revision_number = rfc.revision_count
    _close(known)
    return rfc


def _locked(known: ImportedDocument, actor: Any) -> tuple[ImportedDocument, RFC]:
    rfc = RFC.objects.select_for_update(no_key=True).get(pk=known.rfc_id)
    row = ImportedDocument.objects.select_for_update().get(pk=known.pk)
    if not settles_conflict(actor, rfc):
        raise NotYours(f"Its authors and administrators choose which text of {rfc.key} holds.")
    if not row.in_conflict:
        raise NotAllowed(f"Somebody has chosen already which text of {rfc.key} holds.")
    return row, rfc


def _close(known: ImportedDocument) -> None:
    known.content_hash = known.theirs_hash
    known.theirs = known.theirs_title = known.theirs_hash = ""
    known.save()
