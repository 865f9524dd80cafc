"""Threads of an initiative: a remark with its answers, whom they name, and what the reader may do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.mentions import MENTION, Named, named_in
from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeComment, Mention


@dataclass(frozen=True)
class Note:
    """One remark as pages show it: `html` holds links for the mentions and nothing else."""

    comment: InitiativeComment
    html: SafeString
    mine: bool


@dataclass(frozen=True)
class Thread:
    """A remark with its answers. `unread` when it names the reader, who has not said so."""

    root: InitiativeComment
    notes: list[Note]
    may_resolve: bool
    unread: bool
    unknown: list[str] = field(default_factory=list)

    @property
    def resolved(self) -> bool:
        return self.root.resolved_at is not None


def threads(initiative: Initiative, person: Any, *, of_lines: bool = False) -> list[Thread]:
    """Threads, open ones first, the newest on top; at most six queries whatever their number.

    `of_lines` gives the messages about lines' answers, otherwise every other thread.
    """
    answers = InitiativeComment.objects.select_related("author").order_by("at", "id")
    unread = Mention.objects.filter(
        Q(comment=OuterRef("pk")) | Q(comment__parent=OuterRef("pk")),
        person=person.pk,
        read_at=None,
    )
    roots = list(
        initiative.comments.filter(parent=None, line__isnull=not of_lines)
        .select_related("author", "resolved_by", "line")
        .prefetch_related(Prefetch("answers", answers))
        .annotate(unread=Exists(unread))
        .order_by("resolved_at", "-at", "-id")
    )
    roots.sort(key=lambda root: root.resolved_at is not None)
    said = [each for root in roots for each in (root, *root.answers.all())]
    named = _named(said, initiative)
    manages = may.manages(person, initiative)
    return [_thread(root, person, named, manages=manages) for root in roots]


def _thread(
    root: InitiativeComment, person: Any, named: dict[str, Named], *, manages: bool
) -> Thread:
    said = [root, *root.answers.all()]
    notes = [Note(c, with_links(c.text, named), c.author_id == person.pk) for c in said]
    return Thread(
        root=root,
        notes=notes,
        may_resolve=manages or root.author_id == person.pk,
        unread=bool(getattr(root, "unread", False)),
        unknown=[
            named[w].why
            for c in said
            for w in _written(c.text)
            if w in named and named[w].why and c.author_id == person.pk
        ],
    )


def _named(said: Iterable[InitiativeComment], initiative: Initiative) -> dict[str, Named]:
    """Every mention of these remarks, looked up together."""
    words = dict.fromkeys(word for each in said for word in _written(each.text))
    text = " ".join(f"@{word}" for word in words)
    return {each.written: each for each in named_in(text, line=initiative.line_id)}


def _written(text: str) -> list[str]:
    return [f"{m['kind'] or ''}{m['name']}" for m in MENTION.finditer(text)]


def with_links(text: str, named: dict[str, Named]) -> SafeString:
    """The text with its line breaks and a link for each mention; everything else is escaped."""
    parts: list[str] = []
    at = 0
    for found in MENTION.finditer(text):
        each = named.get(f"{found['kind'] or ''}{found['name']}")
        parts.append(escape(text[at : found.start()]))
        parts.append(_linked(found[0], each))
        at = found.end()
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 - every part is escaped


def _linked(written: str, named: Named | None) -> str:
    if named is None or not named.href:
        return escape(written)
    return f'<a class="link" href="{escape(named.href)}">{escape("@" + named.label)}</a>'
