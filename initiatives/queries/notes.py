"""Research notes: found, listed, and their text with the quotes marked."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q

from config.flow.searching import asked
from initiatives.models import Evidence, Initiative, ResearchNote

OPEN_FOR_EVIDENCE = ("intake", "discovery", "rfc", "ux_design", "parked", "monitoring")
OFFERED = 300


@dataclass(frozen=True)
class Piece:
    """A stretch of a note's text; `quotes` are those that cover it, `first` where they begin."""

    text: str
    quotes: list[Evidence]
    begins: list[Evidence]


def notes(person: Any, words: str = "") -> Any:
    """Notes with how often each is quoted, newest first; `words` searches title and text."""
    found = ResearchNote.objects.visible_to(person).select_related("collector")
    if words.strip():
        found = found.filter(search=asked(words))
    live = Q(quotes__archived_at=None)
    return found.annotate(
        quoted=Count("quotes", filter=live),
        initiatives=Count("quotes__initiative", filter=live, distinct=True),
    ).order_by("-collected_date", "-id")


def noted(person: Any, words: str, most: int) -> Any:
    """At most so many notes that hold these words, newest first, for the search of everything."""
    found = ResearchNote.objects.visible_to(person).filter(search=asked(words))
    return found.select_related("collector").order_by("-collected_date", "-id")[:most]


def quotes_of(note: ResearchNote, person: Any) -> list[Evidence]:
    """Live quotes of a note tied to initiatives this person may see, in the order of the text."""
    visible = Initiative.objects.visible_to(person)
    rows = note.quotes.filter(archived_at=None, initiative__in=visible)
    return list(rows.select_related("initiative").order_by("note_start", "pk"))


def pieces(text: str, quotes: list[Evidence]) -> list[Piece]:
    """The text cut where quotes begin and end, so that overlapping ones are drawn plainly."""
    spans = [(q.note_start or 0, (q.note_start or 0) + len(q.quote), q) for q in quotes]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return [
        Piece(
            text[start:end],
            [q for s, e, q in spans if s <= start and end <= e],
            [q for s, _, q in spans if s == start],
        )
        for start, end in pairwise(cuts)
        if start < end
    ]


def offered(person: Any) -> list[Initiative]:
    """Initiatives that evidence is collected for, newest first, for the picker."""
    rows = Initiative.objects.visible_to(person).filter(phase__in=OPEN_FOR_EVIDENCE)
    return list(rows.only("number", "title").order_by("-created_at", "-id")[:OFFERED])
