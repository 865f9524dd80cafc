"""Research notes and the quotes that tie them to initiatives."""

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.permissions import is_admin
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from initiatives.actions.belief import record_evidence
from initiatives.models import Evidence, Initiative, ResearchNote

SPACE = re.compile(r"\s+")


@transaction.atomic
def write_note(*, actor: Any, **facts: Any) -> ResearchNote:
    """Keep what was heard or read. Anybody signed in may."""
    return ResearchNote.objects.create(collector=actor, **facts)


@transaction.atomic
def edit_note(
    *, note: ResearchNote, actor: Any, seen_version: int | None, **facts: Any
) -> ResearchNote:
    """Change a note; its text stays once somebody quoted it. Raises NotYours, NotAllowed, Conflict."""
    if note.collector_id != actor.pk and not is_admin(actor):
        raise NotYours(f"“{note.title}” is edited by {note.collector}, who collected it.")
    locked = ResearchNote.objects.select_for_update(no_key=True).get(pk=note.pk)
    changed = "text" in facts and facts["text"] != locked.text
    if changed and locked.quotes.exists():
        raise NotAllowed(
            "The text is quoted by initiatives and stays as it is; "
            "write a new note for what was heard later.",
            link=note.get_absolute_url(),
        )
    return write(locked, seen_version=seen_version, **facts)


@transaction.atomic
def mark_note_link(*, note: ResearchNote, actor: Any) -> ResearchNote:
    """Say that the note's link leads nowhere any more, or works again. Anybody signed in may."""
    if not note.link:
        raise NotAllowed("This note has no link.")
    now = None if note.link_broken_at else timezone.now()
    return write(note, seen_version=None, link_broken_at=now)


def quote_note(
    *,
    note: ResearchNote,
    initiative: Initiative,
    actor: Any,
    quote: str,
    points: str,
    finding: str = "",
    start: int | None = None,
) -> Evidence:
    """Tie words of a note to an initiative as evidence; the note's facts come with them.

    Raises NotYours, or NotAllowed when the words are not in the note or are tied already.
    """
    at, words = place_of(note.text, quote, start)
    facts = {
        "note": note,
        "note_start": at,
        "quote": words,
        "points": points,
        "finding": finding.strip() or SPACE.sub(" ", words),
        "collector": note.collector,
    }
    for name in ("method", "kind", "collected_date", "sample", "from_customers", "origin", "link"):
        facts[name] = getattr(note, name)
    try:
        with transaction.atomic():
            return record_evidence(initiative=initiative, actor=actor, **facts)
    except IntegrityError as error:
        raise NotAllowed(f"{initiative.key} quotes these words already.") from error


def place_of(text: str, quote: str, start: int | None = None) -> tuple[int, str]:
    """Where the words stand, and the words as they stand there. Line breaks may differ.

    Of several places the one nearest to `start` counts. Raises NotAllowed.
    """
    words = SPACE.split(quote.strip().strip('“”"'))
    if not any(words):
        raise NotAllowed("Choose the words to quote.")
    found = list(re.finditer(r"\s+".join(re.escape(w) for w in words), text))
    if not found:
        raise NotAllowed("These words do not stand in the note; copy them as they are.")
    best = min(found, key=lambda m: abs(m.start() - (start or 0)))
    return best.start(), best.group()
