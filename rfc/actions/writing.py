"""Writing: the draft, and publishing it as a numbered revision that never changes again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import Conflict, NotAllowed, NotYours, WrongState
from config.flow.versions import write
from rfc.actions.deciding import reopen_where_stale, try_accept
from rfc.content import outline, says_something, text_hash, unfilled
from rfc.models import RFC, Draft, Rendering, Revision, RevisionSection
from rfc.permissions import edits
from rfc.text import rendering

TEXTS = ("title", "summary_problem", "decision_asked", "body")
WRITABLE = (RFC.DRAFT, RFC.IN_REVIEW, RFC.ACCEPTED)


@transaction.atomic
def save_draft(*, rfc: RFC, actor: Any, seen_version: int | None, **texts: str) -> Draft:
    """Save any of title, summary_problem, decision_asked and body into the draft.

    Conflict with both texts when somebody saved since `seen_version`. Saving what did not change
    changes nothing and makes nobody an editor.
    """
    locked = lock_for_writing(rfc, actor)
    before = locked.draft
    texts = {name: _clean(name, text) for name, text in texts.items() if name in TEXTS}
    draft = write(before, seen_version=seen_version, **texts)
    if draft.row_version == before.row_version:
        return draft
    draft.updated_by = actor
    draft.save(update_fields=["updated_by", "updated_at"])
    draft.editors.add(actor)
    locked.draft_hash = hash_of(draft)
    locked.save(update_fields=["draft_hash"])
    return draft


@transaction.atomic
def discard_draft(*, rfc: RFC, actor: Any, seen_version: int | None) -> Draft:
    """Put the draft back to the newest revision. NotAllowed while there is none."""
    locked = lock_for_writing(rfc, actor)
    newest = locked.revisions.first()
    if newest is None:
        raise NotAllowed(f"{locked.key} has no revision to go back to; withdraw it instead.")
    texts = {name: getattr(newest, name) for name in TEXTS}
    draft = write(locked.draft, seen_version=seen_version, **texts)
    draft.editors.clear()
    locked.draft_hash = locked.published_hash
    locked.save(update_fields=["draft_hash"])
    return draft


@transaction.atomic
def publish_revision(
    *, rfc: RFC, actor: Any, note: str = "", seen_version: int | None = None
) -> Revision | None:
    """Publish the draft as the next revision; None when it says what the newest already says.

    Large texts are rendered by a due row, small ones at once. Approvals that depend on changed
    sections become stale; an accepted RFC then goes back to review by itself.
    """
    locked = lock_for_writing(rfc, actor)
    draft = Draft.objects.select_for_update(no_key=True).get(rfc=locked)
    if seen_version is not None and draft.row_version != seen_version:
        raise Conflict(
            "Somebody saved the draft since you looked; read it before you publish it.",
            theirs=draft,
            mine={"body": ""},
        )
    if hash_of(draft) == locked.published_hash:
        return None
    if not says_something(draft.body):
        raise NotAllowed("There is no text yet; write at least one section before publishing.")
    editors = list(draft.editors.all()) or [actor]
    revision = add_revision(locked, draft, author=actor, editors=editors, note=note)
    draft.base_number = revision.number
    draft.save(update_fields=["base_number"])
    draft.editors.clear()
    reopen_where_stale(locked, revision)
    try_accept(locked)
    return revision


def add_revision(
    rfc: RFC, text: Any, *, author: Any, editors: list[Any], note: str = ""
) -> Revision:
    """Write the next revision of a locked RFC from `text` (title, problem, decision, body).

    Fingerprints, outline and hashes of the RFC follow. Imports use this as well.
    """
    guides = list(rfc.template.sections.all()) if rfc.template else []
    parts = outline(text.body, text.decision_asked, guides)
    revision = Revision.objects.create(
        rfc=rfc,
        number=rfc.revision_count + 1,
        **{name: getattr(text, name) for name in TEXTS},
        author=author,
        note=note.strip()[:400],
        content_hash=hash_of(text),
        **_rendered(text.body),
    )
    if not revision.renderer_version:
        Rendering.objects.create(revision=revision)
    revision.editors.set(editors)
    RevisionSection.objects.bulk_create(
        RevisionSection(revision=revision, **vars(part)) for part in parts
    )
    for name in ("title", "summary_problem", "decision_asked"):
        setattr(rfc, name, getattr(text, name))
    rfc.revision_count = revision.number
    rfc.content = [part.as_content() for part in parts]
    rfc.unfilled = unfilled(parts, guides)
    rfc.published_hash = rfc.draft_hash = revision.content_hash
    rfc.changed_at = timezone.now()
    rfc.save()
    return revision


def lock_for_writing(rfc: RFC, actor: Any) -> RFC:
    """The RFC's row under lock, when this person may write its text in its state."""
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    if not edits(actor, locked):
        raise NotYours(
            f"{locked.key} is written by {locked.author.name}, its co-authors and the product "
            "manager of its line. Leave a comment to propose an edit.",
            link=f"{locked.get_absolute_url()}#comment",
        )
    if locked.phase not in WRITABLE:
        raise WrongState(
            f"{locked.key} is {locked.get_state_label().lower()}; reopen it before writing on.",
            link=f"{locked.get_absolute_url()}#steps",
        )
    return locked


def hash_of(text: Any) -> str:
    """The hash of a draft's or revision's four texts."""
    return text_hash(*(getattr(text, name) for name in TEXTS))


def _rendered(body: str) -> dict[str, Any]:
    if rendering.is_large(body):
        return {}
    done = rendering.render(body)
    return {"html": done.html, "toc": done.toc_data(), "renderer_version": done.version}


def _clean(name: str, text: str) -> str:
    text = text.replace("\r\n", "\n")
    return text if name == "body" else " ".join(text.split())
