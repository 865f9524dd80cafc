"""Writing: the draft, and publishing it as a numbered revision that never changes again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import Conflict, NotAllowed, NotYours, WrongState
from config.flow.versions import write
from rfc.actions.asking import tell_of_stale
from rfc.actions.deciding import reopen_where_stale, try_accept
from rfc.actions.following import follow_threads, give_back_suggestions
from rfc.actions.naming import tell_named
from rfc.actions.news import tell_of_revision
from rfc.content import Part, changed_material, outline, says_something, text_hash, unfilled
from rfc.models import RFC, Draft, Rendering, Revision, RevisionSection
from rfc.models.drawing import drawn, language_of
from rfc.permissions import edits
from rfc.standing import standing
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
    give_back_suggestions(locked, actor)
    locked.draft_hash = locked.published_hash
    locked.save(update_fields=["draft_hash"])
    return draft


@transaction.atomic
def publish_revision(
    *,
    rfc: RFC,
    actor: Any,
    note: str = "",
    seen_version: int | None = None,
    editorial: str = "",
    name: str = "",
) -> Revision | None:
    """Publish the draft as the next revision; None when it says what the newest already says.

    `editorial` is the author's word for why the edit changes nothing material; it is kept and
    shown, but fingerprints alone decide which approvals still stand.

    Large texts are rendered by a due row, small ones at once. Approvals that depend on changed
    sections become stale; an accepted RFC then goes back to review by itself. Whom the text names
    with @ for the first time is told.
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
    before = locked.revisions.values_list("body", flat=True).first() or ""
    revision = add_revision(
        locked, draft, author=actor, editors=editors, note=note, editorial=editorial
    )
    if name:
        revision.name = " ".join(name.split())[:80]
        revision.save(update_fields=["name"])
    draft.base_number = revision.number
    draft.save(update_fields=["base_number"])
    draft.editors.clear()
    tell_of_revision(revision, actor, without=tell_named(revision, before, actor))
    reopen_where_stale(locked, revision)
    if locked.phase in (RFC.IN_REVIEW, RFC.ACCEPTED):
        stale = [each for each in standing(locked) if each.state == "stale"]
        tell_of_stale(locked, revision, stale, actor)
    try_accept(locked)
    return revision


def add_revision(
    rfc: RFC,
    text: Any,
    *,
    author: Any,
    editors: list[Any],
    note: str = "",
    editorial: str = "",
    draw: bool = True,
) -> Revision:
    """Write the next revision of a locked RFC from `text` (title, problem, decision, body).

    Fingerprints, outline and hashes of the RFC follow. Imports use this as well and draw the
    text themselves, once all their documents are there to be linked to.
    """
    guides = list(rfc.template.sections.all()) if rfc.template else []
    parts = outline(text.body, text.decision_asked, guides)
    why = editorial.strip()[:300]
    revision: Revision = Revision.objects.create(
        rfc=rfc,
        number=rfc.revision_count + 1,
        **{name: getattr(text, name) for name in TEXTS},
        author=author,
        note=note.strip()[:400],
        editorial=bool(why),
        editorial_reason=why,
        changed_sections=changed_material(rfc.content, parts) if rfc.revision_count else [],
        content_hash=hash_of(text),
        language=language_of(rfc, f"{text.title}. {text.summary_problem} {text.body}"),
        **(_rendered(rfc, text.body) if draw else {}),
    )
    _add_beside(revision, parts, editors, draw=draw)
    rfc.title, rfc.summary_problem = text.title, text.summary_problem
    rfc.decision_asked = text.decision_asked
    rfc.revision_count = revision.number
    rfc.content = [part.as_content() for part in parts]
    rfc.unfilled = unfilled(parts, guides)
    rfc.published_hash = rfc.draft_hash = revision.content_hash
    rfc.changed_at = timezone.now()
    rfc.save()
    follow_threads(revision)
    return revision


def _add_beside(revision: Revision, parts: list[Part], editors: list[Any], *, draw: bool) -> None:
    """What hangs on a revision: the work of drawing it, its editors, its sections."""
    if draw and not revision.renderer_version:
        Rendering.objects.create(revision=revision)
    revision.editors.set(editors)
    rows = (RevisionSection(revision=revision, **vars(part)) for part in parts)
    RevisionSection.objects.bulk_create(rows)


def lock_for_writing(rfc: RFC, actor: Any) -> RFC:
    """The RFC's row under lock, when this person may write its text in its state."""
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    may_write(locked, actor)
    return locked


def may_write(rfc: RFC, actor: Any) -> None:
    """NotYours or WrongState unless this person may write the RFC's text in its state."""
    if not edits(actor, rfc):
        raise NotYours(
            f"{rfc.key} is written by {rfc.author.name}, its co-authors and the product "
            "manager of its line. Leave a comment to propose an edit.",
            link=f"{rfc.get_absolute_url()}#comment",
        )
    if rfc.phase not in WRITABLE:
        raise WrongState(
            f"{rfc.key} is {rfc.get_state_label().lower()}; reopen it before writing on.",
            link=f"{rfc.get_absolute_url()}#steps",
        )


def hash_of(text: Any) -> str:
    """The hash of a draft's or revision's four texts."""
    return text_hash(*(getattr(text, name) for name in TEXTS))


def _rendered(rfc: RFC, body: str) -> dict[str, Any]:
    return {} if rendering.is_large(body) else drawn(rfc, body)


def _clean(name: str, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if name == "body" else " ".join(text.split())
