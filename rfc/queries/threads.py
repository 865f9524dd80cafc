"""Threads of an RFC as a page and the API show them: where each stands in a revision, who may do what."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Case, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Abs
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

from accounts.mentions import MENTION
from config.flow.asking import asked_once
from config.kept import Kept
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
    acts: list[ThreadAct] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
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
    def passage(self) -> Passage | None:
        """The passage to mark on the page."""
        found = self.anchor
        if found is None or found.start is None or found.end is None or not self.open:
            return None
        return Passage(self.comment.pk, self.number, found.start, found.end, self.comment.kind)


def threads_of(
    rfc: RFC, revision: Revision, person: Any, rows: dict[str, list[Any]] | None = None
) -> list[Thread]:
    """Every thread, in the order of the text; lost ones last. One query, none where the page has
    read the `rows` of `asked_about` already.
    """
    if rows is None:
        rows = _about.read(rfc.pk, revision.number, person.pk)
    order = {slug: (at, heading) for at, (slug, heading) in enumerate(outline_of(revision))}
    look = _Look(revision, order, person, edits(person, rfc), may_comment(person))
    hung = {name: _by_thread(rows[name], key) for name, key in _HANGING.items()}
    threads = [_thread(row, look, hung) for row in rows["threads"]]
    last = (len(order), "")
    threads.sort(key=lambda t: (order.get(t.section, last)[0], _offset(t), t.comment.pk))
    for number, thread in enumerate((t for t in threads if t.open), start=1):
        thread.number = number
    return threads


def asked_about(rfc_id: int, number: int, person_id: int) -> dict[str, QuerySet[Any]]:
    """What threads show in one revision to one person: only the columns a card needs.

    An RFC with many threads and many revisions has more anchors than a page can read, so of each
    thread comes the one in this revision, else the one before, else the first behind.
    """
    mine = Comment.objects.filter(rfc=rfc_id, parent=None)
    placed = Anchor.objects.filter(comment__rfc=rfc_id, comment__parent=None)
    later = Case(When(revision__number__lte=number, then=0), default=1)
    near = Abs(F("revision__number") - number)
    held = Q(revision__number__lte=number, start__isnull=False)
    return {
        "threads": mine.select_related(*_BESIDE)
        .only(*_OF_COMMENT, "revision__number", *_OF_SUGGESTION)
        .annotate(**{MINE: Exists(_unseen_by(person_id))})
        .order_by("at", "id"),
        "answers": Comment.objects.filter(parent__rfc=rfc_id)
        .select_related("author")
        .only(*_OF_COMMENT)
        .order_by("at", "id"),
        "anchors": placed.defer("prefix", "suffix")
        .annotate(**{HELD_IN: F("revision__number")})
        .order_by("comment_id", later, near)
        .distinct("comment_id"),
        "held": placed.order_by()
        .values_list("comment")
        .annotate(last=Max("revision__number", filter=held)),
        "acts": ThreadAct.objects.filter(comment__rfc=rfc_id)
        .select_related("actor")
        .only("comment", "act", "note", "at", "actor__name"),
        "decisions": Decision.objects.filter(comment__rfc=rfc_id).only(
            "number", "question", "comment"
        ),
    }


_about = Kept(asked_about)
_BESIDE = ("author", "revision", "suggestion__published_in")
_OF_COMMENT = (
    *(field.name for field in Comment._meta.concrete_fields if field.name != "resolved_by"),
    "author__name",
    "author__picture",
)
_OF_SUGGESTION = (
    *(f"suggestion__{name}" for name in ("original", "replacement", "state", "decided_at")),
    "suggestion__published_in__number",
)
# What hangs on threads, and how each row says on which one.
_HANGING: dict[str, Callable[[Any], int]] = {
    "answers": attrgetter("parent_id"),
    "anchors": attrgetter("comment_id"),
    "held": itemgetter(0),
    "acts": attrgetter("comment_id"),
    "decisions": attrgetter("comment_id"),
}


def _by_thread(rows: Iterable[Any], key: Callable[[Any], int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


@asked_once
def outline_of(revision: Revision) -> list[tuple[str, str]]:
    """Slug and heading of every section, in order. One query."""
    return list(revision.sections.values_list("slug", "heading"))


def comments_of(rfc: RFC, person: Any) -> QuerySet[Comment]:
    """The first comments of threads with all that hangs on them, as far as it is shown. Five queries."""
    answers = Comment.objects.select_related("author").order_by("at", "id")
    # Of a revision only its number: its text, drawing and search words are long, the rows many.
    anchors = Anchor.objects.annotate(**{HELD_IN: F("revision__number")}).order_by(HELD_IN)
    return (
        Comment.objects.filter(rfc=rfc, parent=None)
        .select_related(
            "author",
            "revision",
            "suggestion__published_in",
        )
        .defer(*without_text("revision"), *without_text("suggestion__published_in"))
        .annotate(**{MINE: Exists(_unseen_by(person.pk))})
        .prefetch_related(
            Prefetch("answers", answers),
            Prefetch("anchors", anchors, ANCHORS),
            Prefetch("acts", ThreadAct.objects.select_related("actor")),
            "decisions",
        )
        .order_by("at", "id")
    )


def _unseen_by(person_id: int) -> QuerySet[Mention]:
    """Where this person is named in the thread and has not said so yet."""
    return Mention.objects.filter(person=person_id, seen_at=None).filter(
        Q(comment=OuterRef("pk")) | Q(comment__parent=OuterRef("pk"))
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


@dataclass(frozen=True)
class _Look:
    """Who looks at which revision: its sections in order, what this person may do."""

    revision: Revision
    order: dict[str, tuple[int, str]]
    person: Any
    writes: bool
    comments: bool


def _thread(row: Comment, look: _Look, hung: dict[str, dict[int, list[Any]]]) -> Thread:
    anchor, since = _anchor(row, look.revision, hung)
    section = anchor.section_slug if anchor else row.section_slug
    mine = look.person.pk
    suggestion = getattr(row, "suggestion", None)
    offered = suggestion is not None and suggestion.state == Suggestion.State.OPEN
    return Thread(
        comment=row,
        number=0,
        section=section if section in look.order else "",
        heading=look.order.get(section, (0, ""))[1],
        where=(anchor.found if anchor else "section") if row.quote else "",
        anchor=anchor,
        since=since,
        notes=[
            _note(each, mine, row.resolved_at is None)
            for each in (row, *hung["answers"].get(row.pk, ()))
        ],
        acts=hung["acts"].get(row.pk, []),
        decisions=hung["decisions"].get(row.pk, []),
        may_settle=look.writes or row.author_id == mine,
        may_take=look.writes and offered,
        unseen=bool(getattr(row, MINE)) and look.comments,
    )


def _note(each: Comment, person_id: int, open_now: bool) -> Note:
    mine = each.author_id == person_id
    return Note(each, linked(each.text), mine=mine, may_edit=open_now and mine)


def _anchor(
    row: Comment, revision: Revision, hung: dict[str, dict[int, list[Any]]]
) -> tuple[Anchor | None, int]:
    """The anchor in the shown revision, and the last revision that held the quote.

    Before a long revision has been searched, the latest one known stands in.
    """
    found = next(iter(hung["anchors"].get(row.pk, ())), None)
    since = next((last for _pk, last in hung["held"].get(row.pk, ()) if last), row.revision.number)
    if found is None or not found.holds:
        return found, since
    held_in = getattr(found, HELD_IN)
    if held_in == revision.number:
        return found, since
    # Offsets of another revision say nothing here; the words and their section do.
    elsewhere = Anchor(
        comment=row,
        revision=revision,
        found="section",
        section_slug=found.section_slug,
        source=found.source,
    )
    return elsewhere, max(since, held_in) if held_in > revision.number else since


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
