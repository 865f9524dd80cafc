"""Threads of an RFC as a page and the API show them: where each stands in a revision, who may do what."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

from accounts.mentions import MENTION
from config.flow.asking import asked_once
from rfc.models import (
    RFC,
    Anchor,
    Comment,
    Decision,
    Mention,
    Revision,
    Suggestion,
    ThreadAct,
    without_text,
)
from rfc.permissions import edits, may_comment
from rfc.queries.quotes import Passage
from rfc.text.headings import plain
from rfc.text.rendering import PREFIX

SHOWN = ("open", "resolved", "mine", "all")
ANCHORS, MINE, HELD_IN = "known_anchors", "unseen_mine", "held_in"
_KEY = re.compile(r"\b(INI|RFC|KPI|DEC)-([1-9][0-9]{0,8})\b")
_PLACES = {"INI": "initiatives", "RFC": "rfcs", "KPI": "kpis", "DEC": "decisions"}


@dataclass
class Note:
    """One person's words in a thread."""

    comment: Comment
    text: SafeString
    mine: bool
    may_edit: bool

    @property
    def id(self) -> int:
        return self.comment.pk


@dataclass
class Thread:
    """A comment with its answers. `where` says how its quote was found in the shown revision."""

    comment: Comment
    number: int
    section: str
    heading: str
    where: str
    anchor: Anchor | None
    since: int
    notes: list[Note] = field(default_factory=list)
    marked: bool = False
    may_settle: bool = False
    may_take: bool = False
    unseen: bool = False

    @property
    def open(self) -> bool:
        return self.comment.resolved_at is None

    @property
    def quote(self) -> str:
        """The words as they were selected."""
        return self.comment.quote

    @property
    def gone(self) -> bool:
        """There was a quote, and the text does not hold it any more."""
        return bool(self.quote) and self.where in ("section", "lost")

    @property
    def now_reads(self) -> str:
        """What the passage says now, where it was changed a little."""
        if self.where != "near" or self.anchor is None:
            return ""
        now = in_words(self.anchor.source)
        return "" if now == " ".join(self.quote.split()) else now

    @property
    def section_anchor(self) -> str:
        """The id of its section on the page, or nothing."""
        return PREFIX + self.section if self.section and self.heading else ""

    @property
    def href(self) -> str:
        """Where its passage is on the page."""
        if self.marked:
            return f"#quote-{self.comment.pk}"
        return f"#{self.section_anchor}" if self.section_anchor else "#text"

    @property
    def suggestion(self) -> Suggestion | None:
        """Other words for the quote, if there are any."""
        return getattr(self.comment, "suggestion", None)

    @property
    def acts(self) -> list[ThreadAct]:
        return list(self.comment.acts.all())

    @property
    def decisions(self) -> list[Decision]:
        return list(self.comment.decisions.all())

    @property
    def passage(self) -> Passage | None:
        """The passage to mark on the page."""
        found = self.anchor
        if found is None or found.start is None or found.end is None or not self.open:
            return None
        return Passage(self.comment.pk, self.number, found.start, found.end, self.comment.kind)


def threads_of(rfc: RFC, revision: Revision, person: Any) -> list[Thread]:
    """Every thread, in the order of the text; lost ones last. A constant number of queries."""
    outline = outline_of(revision)
    order = {slug: (at, heading) for at, (slug, heading) in enumerate(outline)}
    writes = edits(person, rfc)
    threads = [_thread(row, revision, order, person, writes) for row in comments_of(rfc, person)]
    last = (len(order), "")
    threads.sort(key=lambda t: (order.get(t.section, last)[0], _offset(t), t.comment.pk))
    for number, thread in enumerate((t for t in threads if t.open), start=1):
        thread.number = number
    return threads


@asked_once
def outline_of(revision: Revision) -> list[tuple[str, str]]:
    """Slug and heading of every section, in order. One query."""
    return list(revision.sections.values_list("slug", "heading"))


def comments_of(rfc: RFC, person: Any) -> QuerySet[Comment]:
    """The first comments of threads with all that hangs on them, as far as it is shown. Five queries."""
    answers = Comment.objects.select_related("author").order_by("at", "id")
    # Of a revision only its number: its text, drawing and search words are long, the rows many.
    anchors = Anchor.objects.annotate(**{HELD_IN: F("revision__number")}).order_by(HELD_IN)
    unseen = Mention.objects.filter(person=person.pk, seen_at=None).filter(
        Q(comment=OuterRef("pk")) | Q(comment__parent=OuterRef("pk"))
    )
    return (
        Comment.objects.filter(rfc=rfc, parent=None)
        .select_related(
            "author",
            "revision",
            "suggestion__published_in",
        )
        .defer(*without_text("revision"), *without_text("suggestion__published_in"))
        .annotate(**{MINE: Exists(unseen)})
        .prefetch_related(
            Prefetch("answers", answers),
            Prefetch("anchors", anchors, ANCHORS),
            Prefetch("acts", ThreadAct.objects.select_related("actor")),
            "decisions",
        )
        .order_by("at", "id")
    )


def chosen(threads: list[Thread], shown: str, person: Any) -> list[Thread]:
    """The threads a filter shows: open, resolved, mine (begun, answered or named in) or all."""
    if shown == "mine":
        return [t for t in threads if _concerns(t, person)]
    if shown in ("open", "resolved"):
        return [t for t in threads if t.open == (shown == "open")]
    return threads


def counts(threads: list[Thread], person: Any) -> dict[str, int]:
    """How many threads each filter shows."""
    return {name: len(chosen(threads, name, person)) for name in SHOWN}


def _concerns(thread: Thread, person: Any) -> bool:
    return thread.unseen or any(note.mine for note in thread.notes)


def _thread(
    row: Comment, revision: Revision, order: dict[str, Any], person: Any, writes: bool
) -> Thread:
    anchor, since = _anchor(row, revision)
    section = anchor.section_slug if anchor else row.section_slug
    open_now = row.resolved_at is None
    notes = [
        Note(
            each,
            linked(each.text),
            mine=each.author_id == person.pk,
            may_edit=open_now and each.author_id == person.pk,
        )
        for each in (row, *row.answers.all())
    ]
    suggestion = getattr(row, "suggestion", None)
    return Thread(
        comment=row,
        number=0,
        section=section if section in order else "",
        heading=order.get(section, (0, ""))[1],
        where=(anchor.found if anchor else "section") if row.quote else "",
        anchor=anchor,
        since=since,
        notes=notes,
        may_settle=writes or row.author_id == person.pk,
        may_take=writes and suggestion is not None and suggestion.state == Suggestion.State.OPEN,
        unseen=bool(getattr(row, MINE)) and may_comment(person),
    )


def _anchor(row: Comment, revision: Revision) -> tuple[Anchor | None, int]:
    """The anchor in the shown revision, and the last revision that held the quote.

    Before a long revision has been searched, the latest one known stands in.
    """
    known: list[Anchor] = getattr(row, ANCHORS)
    here = [each for each in known if getattr(each, HELD_IN) <= revision.number] or known[:1]
    held = [getattr(each, HELD_IN) for each in here if each.holds]
    found = here[-1] if here else None
    if found is not None and found.revision_id != revision.pk and found.holds:
        # Offsets of another revision say nothing here; the words and their section do.
        found = Anchor(
            comment=row,
            revision=revision,
            found="section",
            section_slug=found.section_slug,
            source=found.source,
        )
    return found, max(held, default=row.revision.number)


def _offset(thread: Thread) -> int:
    found = thread.anchor
    return found.start if found is not None and found.start is not None else 0


def in_words(source: str) -> str:
    """Markdown on one line, as it reads."""
    return " ".join(plain(line.lstrip("#>-*+ \t")) for line in source.split("\n")).strip()


@lru_cache(2048)
def linked(text: str) -> SafeString:
    """Plain words with links for addresses and keys, and names with @ set off."""
    lines = [
        _KEY.sub(_key, urlize(line, nofollow=True, autoescape=True)) for line in text.split("\n")
    ]
    html = MENTION.sub(lambda m: f'<b class="mention">{escape(m[0])}</b>', "<br>".join(lines))
    return mark_safe(html)  # noqa: S308 - urlize escapes, the rest are our own tags


def _key(found: re.Match[str]) -> str:
    before = found.string[max(found.start() - 1, 0) : found.start()]
    if before in ("/", '"', "#", "="):
        return found[0]
    return f'<a class="link" href="/{_PLACES[found[1]]}/{found[0]}">{found[0]}</a>'
