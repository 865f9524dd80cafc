"""Comments, answers and looks. None of them is a position."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.mentioning import mention
from rfc.actions.news import tell_of_comment, tell_of_look
from rfc.models import RFC, Anchor, Comment, Kind, Look, Revision, Suggestion, ThreadAct
from rfc.models.anchoring import anchor_threads, row_of
from rfc.permissions import may_comment, resolves
from rfc.text.anchors import Place, Text, tie

QUOTE_MOST = 2000
TEXT_MOST = 20_000


@dataclass(frozen=True)
class Selected:
    """Words selected on a page: what stood before and after tells them from their doubles."""

    quote: str = ""
    section: str = ""
    before: str = ""
    after: str = ""


@transaction.atomic
def comment(  # noqa: PLR0913 - everything a comment may carry, by keyword
    *,
    rfc: RFC,
    actor: Any,
    text: str,
    section_slug: str = "",
    quote: str = "",
    before: str = "",
    after: str = "",
    kind: str = Kind.REMARK,
    revision_number: int | None = None,
    replacement: str | None = None,
    parent: Comment | None = None,
) -> Comment:
    """Remark on a revision (the newest, unless another is named), or answer a thread.

    With a `quote` the thread is tied to that passage and follows it; with a `replacement` (in
    Markdown) it suggests other words for it. People named with @ are told. A look asked of the
    person is done.
    """
    if not may_comment(actor):
        raise NotYours("Sign in to comment.")
    text = _said(text)
    if parent is not None:
        return _answer(parent, actor, text)
    selected = Selected(quote, section_slug, before, after)
    made = _thread(rfc, actor, text, selected, kind, revision_number)
    if replacement is not None:
        _suggest(made, replacement)
    tell_of_comment(made, actor, without=mention(made, actor))
    _has_looked(rfc, actor)
    return made


def _said(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise NotAllowed("Write a sentence before sending the comment.")
    if len(text) > TEXT_MOST:
        raise NotAllowed(f"A comment has at most {TEXT_MOST} characters; this one has {len(text)}.")
    return text


def _answer(parent: Comment, actor: Any, text: str) -> Comment:
    thread = Comment.objects.select_for_update(no_key=True, of=("self",)).get(pk=parent.thread_id)
    if thread.resolved_at is not None:
        raise WrongState("This thread is resolved; reopen it to answer.")
    made = Comment.objects.create(
        rfc=thread.rfc,
        revision=thread.revision,
        parent=thread,
        section_slug=thread.section_slug,
        text=text,
        author=actor,
    )
    tell_of_comment(made, actor, without=mention(made, actor))
    _has_looked(thread.rfc, actor)
    return made


def _thread(
    rfc: RFC, actor: Any, text: str, selected: Selected, kind: str, number: int | None
) -> Comment:
    # A revision published meanwhile has looked for the threads it saw; this one must not slip by.
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    revision = _revision(locked, number)
    if kind not in Kind.values:
        raise NotAllowed("A thread is a remark, a question, a must-fix or a matter of taste.")
    quote = " ".join(selected.quote.split())
    if len(quote) > QUOTE_MOST:
        raise NotAllowed(
            f"The quote has {len(quote)} characters, {QUOTE_MOST} is the most; select fewer words."
        )
    place = _place(revision, selected)
    made = Comment.objects.create(
        rfc=locked,
        revision=revision,
        kind=kind,
        section_slug=place.section or selected.section,
        quote=quote,
        text=text,
        author=actor,
    )
    row_of(made, revision, place).save()
    if revision.number < locked.revision_count:
        anchor_threads(_revision(locked, None))
    return made


def _revision(rfc: RFC, number: int | None) -> Revision:
    if not rfc.revision_count:
        raise NotAllowed(f"{rfc.key} has no revision yet, so there is nothing to comment on.")
    found = rfc.revisions.filter(number=number or rfc.revision_count).first()
    if found is None:
        raise NotAllowed(f"{rfc.key} has no r{number}; the newest is r{rfc.revision_count}.")
    return found


def _place(revision: Revision, selected: Selected) -> Place:
    text = Text(revision.body)
    if selected.quote.strip():
        return tie(text, selected.quote, selected.section, selected.before, selected.after)
    known = selected.section if selected.section in text.bounds else ""
    return Place("section", known, None, None, "", "", "")


def _suggest(thread: Comment, replacement: str) -> None:
    anchor = Anchor.objects.get(comment=thread, revision=thread.revision)
    if not anchor.holds:
        raise NotAllowed(
            "A suggestion replaces words of the text, and these were not found in "
            f"r{thread.revision.number}; select them on the page."
        )
    replacement = replacement.replace("\r\n", "\n")
    if replacement == anchor.source:
        raise NotAllowed("The suggestion says what the text says already; change the words.")
    Suggestion.objects.create(comment=thread, original=anchor.source, replacement=replacement)


@transaction.atomic
def edit_comment(*, comment: Comment, actor: Any, text: str) -> Comment:
    """Change one's own words while the thread is open; the earlier ones stay in its history."""
    locked = _locked(comment)
    thread = locked.parent or locked
    if locked.author_id != actor.pk:
        raise NotYours(f"Only {locked.author.name} changes these words; answer instead.")
    if thread.resolved_at is not None:
        raise WrongState("This thread is resolved; reopen it to change your words.")
    text = _said(text)
    if text == locked.text:
        return locked
    locked.text, locked.edited_at = text, timezone.now()
    locked.save(update_fields=["text", "edited_at"])
    mention(locked, actor)
    return locked


@transaction.atomic
def resolve_comment(*, thread: Comment, actor: Any, reason: str) -> Comment:
    """Settle a thread with a reason; it stays readable."""
    locked = _of_mine(thread, actor)
    if locked.parent_id is not None or locked.resolved_at is not None:
        raise WrongState("This thread is resolved already.")
    if not reason.strip():
        raise NotAllowed("Say in a few words how the question was settled.")
    return settle(locked, actor, ThreadAct.Act.RESOLVED, reason)


@transaction.atomic
def reopen_comment(*, thread: Comment, actor: Any, reason: str) -> Comment:
    """Take a resolved thread up again, with a reason."""
    locked = _of_mine(thread, actor)
    if locked.resolved_at is None:
        raise WrongState("This thread is open.")
    if not reason.strip():
        raise NotAllowed("Say in a few words why it is not settled.")
    locked.resolved_at, locked.resolved_by, locked.resolution = None, None, ""
    locked.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    _act(locked, actor, ThreadAct.Act.REOPENED, reason)
    return locked


def settle(thread: Comment, actor: Any, act: str, reason: str) -> Comment:
    """Write a locked thread as resolved, and what was done."""
    thread.resolved_at, thread.resolved_by = timezone.now(), actor
    thread.resolution = reason.strip()[:400]
    thread.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    _act(thread, actor, act, reason)
    return thread


def _act(thread: Comment, actor: Any, act: str, note: str = "") -> None:
    ThreadAct.objects.create(comment=thread, act=act, actor=actor, note=note.strip()[:400])


def _locked(found: Comment) -> Comment:
    rows = Comment.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("author", "rfc", "parent").get(pk=found.pk)


def _of_mine(thread: Comment, actor: Any) -> Comment:
    locked = _locked(thread)
    if not resolves(actor, locked.rfc, locked):
        raise NotYours(
            "A thread is resolved and reopened by whoever started it "
            f"({locked.author.name}) or by the authors."
        )
    return locked


def _has_looked(rfc: RFC, actor: Any) -> None:
    Look.objects.filter(rfc=rfc, person=actor, looked_at=None).update(looked_at=timezone.now())


@transaction.atomic
def ask_for_look(*, rfc: RFC, actor: Any, people: Iterable[Any], note: str = "") -> list[Look]:
    """Ask people to read. Who was asked already and has not looked is not asked twice."""
    if not may_comment(actor):
        raise NotYours("Sign in to ask for a look.")
    if not rfc.revision_count:
        raise NotAllowed(f"{rfc.key} has no revision yet; publish the draft, then ask for a look.")
    chosen = [person for person in people if person.pk != actor.pk]
    if not chosen:
        raise NotAllowed("Choose at least one other person.")
    asked = [
        Look.objects.get_or_create(
            rfc=rfc,
            person=person,
            looked_at=None,
            defaults={"asked_by": actor, "note": note.strip()[:400]},
        )
        for person in chosen
    ]
    tell_of_look(rfc, [look.person for look, new in asked if new], actor, note)
    return [look for look, _new in asked]


def looked(*, rfc: RFC, actor: Any) -> int:
    """The person has read it; says how many requests that answers."""
    return Look.objects.filter(rfc=rfc, person=actor, looked_at=None).update(
        looked_at=timezone.now()
    )
