"""Rows of the list and results of the search, with the part each person has in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import F, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rfc.models import RFC, Revision
from rfc.standing import Standing, standings

BADGES = {
    "draft": "not_started",
    "in_review": "in_progress",
    "accepted": "done",
    "declined": "off_track",
    "withdrawn": "neutral",
    "superseded": "neutral",
    "implemented": "done",
    "expired": "neutral",
}
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_MARKS = re.compile(r"[#`|*]+|^\s*[-+>]\s|\s[-+>]\s", re.MULTILINE)
START, STOP = "\x02", "\x03"


@dataclass(frozen=True)
class Row:
    """One RFC in a list. `part` says what it wants from the person who looks."""

    rfc: RFC
    badge: str
    state: str
    part: str
    part_waits: bool
    excerpt: SafeString


def rfcs_for(person: Any) -> QuerySet[RFC]:
    """Every RFC a person may see, with what a list shows of it."""
    found: QuerySet[RFC] = RFC.objects.visible_to(person).select_related(
        "author", "line", "initiative"
    )
    return found


def rows(rfcs: Iterable[RFC], person: Any, words: str = "") -> list[Row]:
    """The rows of one page. Two queries more when words were searched."""
    rfcs = list(rfcs)
    stands = standings(rfcs)
    found = excerpts(rfcs, words) if words else {}
    held = {str(m.role): m for m in person.current_memberships()}
    return [_row(rfc, stands[rfc.pk], person, held, found.get(rfc.pk)) for rfc in rfcs]


def excerpts(rfcs: list[RFC], words: str) -> dict[int, SafeString]:
    """Where the words stand in the newest revision, by RFC, escaped and marked. One query."""
    query = SearchQuery(words, search_type="websearch", config="english")
    headline = SearchHeadline(
        "body",
        query,
        config="english",
        start_sel=START,
        stop_sel=STOP,
        max_words=30,
        min_words=12,
        max_fragments=1,
    )
    newest = Revision.objects.filter(
        rfc__in=rfcs, number=F("rfc__revision_count"), search=query
    ).annotate(found=headline)
    return {rfc_id: marked(text) for rfc_id, text in newest.values_list("rfc_id", "found")}


def search(person: Any, words: str, limit: int = 9) -> list[tuple[RFC, str]]:
    """RFCs whose newest revision holds the words, best first, with the text around them."""
    query = SearchQuery(words, search_type="websearch", config="english")
    found = (
        Revision.objects.filter(
            rfc__in=RFC.objects.visible_to(person).order_by().values("pk"),
            number=F("rfc__revision_count"),
            search=query,
        )
        .annotate(rank=SearchRank(F("search"), query))
        .select_related("rfc__author")
        .defer("html", "toc")
        .order_by("-rank", "-rfc__changed_at")[:limit]
    )
    return [(revision.rfc, revision.body) for revision in found]


def marked(text: str) -> SafeString:
    """Text with found words between START and STOP, as safe HTML with `<mark>`."""
    safe = escape(in_plain(text)).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(safe)  # noqa: S308 - escaped before the marks went in


def in_plain(text: str) -> str:
    """Markdown without the marks that only a renderer understands, for an excerpt."""
    words = _LINK.sub(r"\1", _COMMENT.sub(" ", text))
    return " ".join(_MARKS.sub(" ", words).split())


def _row(
    rfc: RFC, stands: list[Standing], person: Any, held: dict[str, Any], found: SafeString | None
) -> Row:
    part, waits = _part(rfc, stands, person, held)
    return Row(
        rfc=rfc,
        badge=BADGES[rfc.phase],
        state=rfc.get_state_label(),
        part=part,
        part_waits=waits,
        excerpt=found or mark_safe(""),
    )


def _part(rfc: RFC, stands: list[Standing], person: Any, held: dict[str, Any]) -> tuple[str, bool]:
    for each in stands:
        said = each.position
        if said is not None and said.person_id == person.pk:
            if each.state == "stale":
                return _("Re-affirm for %s") % each.label, True
            return _("You answered for %s") % each.label, False
    if rfc.phase == RFC.IN_REVIEW:
        for each in stands:
            mine = held.get(each.function)
            here = mine is not None and mine.in_line_id in (None, rfc.line_id)
            if here and each.state in ("waiting", "stale", "recused"):
                return _("Answer for %s") % each.label, True
    return (_("You wrote it"), False) if rfc.author_id == person.pk else ("", False)
