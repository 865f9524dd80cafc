"""Rows of the list and results of the search, with the part each person has in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rfc.models import RFC, Comment
from rfc.queries.finding import excerpts
from rfc.standing import Standing, standings
from rfc.text.languages import OTHER

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
OPEN = ("waiting", "stale", "recused")
ENDED = ("declined", "withdrawn", "superseded", "expired")


@dataclass(frozen=True)
class Row:
    """One RFC in a list. `part` says what it wants from the person who looks."""

    rfc: RFC
    badge: str
    state: str
    part: str
    part_waits: bool
    excerpt: SafeString
    questions: int
    needed: str = ""

    @property
    def lang(self) -> str:
        """The language of the excerpt, as HTML names it."""
        return self.rfc.language if self.rfc.language not in ("", OTHER) else ""

    @property
    def ended(self) -> bool:
        """Whether it no longer says what holds: superseded, withdrawn, declined or expired."""
        return self.rfc.phase in ENDED


def state_words(rfc: RFC) -> str:
    """The state, with the successor of what was superseded."""
    if rfc.superseded_by is None:
        return rfc.get_state_label()
    return _("Superseded by %s") % rfc.superseded_by.key


def rfcs_for(person: Any) -> QuerySet[RFC]:
    """Every RFC a person may see, with what a list shows of it."""
    found: QuerySet[RFC] = RFC.objects.visible_to(person).select_related(
        "author", "line", "initiative", "superseded_by", "owning_team"
    )
    return found


def rows(rfcs: Iterable[RFC], person: Any, words: str = "") -> list[Row]:
    """The rows of one page. One query more, two at most, when words were searched."""
    rfcs = list(rfcs)
    stands = standings(rfcs)
    found = excerpts(rfcs, words) if words else {}
    asked = open_threads(rfcs)
    held = {str(m.role): m for m in person.current_memberships()}
    return [
        replace(
            _row(
                rfc,
                _part(rfc, stands[rfc.pk], person, held),
                found.get(rfc.pk),
                asked.get(rfc.pk, 0),
            ),
            needed=needed(rfc, stands[rfc.pk]),
        )
        for rfc in rfcs
    ]


def needed(rfc: RFC, stands: list[Standing]) -> str:
    """What acceptance still needs, in a few words: functions, open blocks, the window."""
    if rfc.phase != RFC.IN_REVIEW:
        return ""
    blocks = [each.label for each in stands if each.state == "blocked"]
    owed = [each.label for each in stands if each.state not in ("approved", "blocked")]
    parts = [_("%s to close a block") % ", ".join(blocks)] if blocks else []
    parts += [", ".join(owed)] if owed else []
    if not parts and rfc.window_ends_at and rfc.window_ends_at > timezone.now():
        parts = [_("the comment window to end")]
    return _("Still needed: %s") % "; ".join(parts) if parts else ""


def waiting_for(function: str) -> list[int]:
    """RFCs in review on whose current text a function has not said anything that holds. Two
    queries, over what is in review.
    """
    asked = RFC.objects.filter(phase=RFC.IN_REVIEW, required_functions__function=function)
    stands = standings(asked.only("content", "phase"))
    return [
        pk
        for pk, found in stands.items()
        if any(each.function == function and each.state in OPEN for each in found)
    ]


def open_threads(rfcs: Iterable[RFC]) -> dict[int, int]:
    """How many threads of each nobody settled yet. One query."""
    threads = Comment.objects.filter(rfc__in=list(rfcs), parent=None, resolved_at=None)
    counted = threads.order_by().values("rfc").annotate(n=Count("pk"))
    return dict(counted.values_list("rfc", "n"))


def _row(rfc: RFC, part: tuple[str, bool], found: SafeString | None, questions: int) -> Row:
    said, waits = part
    return Row(
        rfc=rfc,
        badge=BADGES[rfc.phase],
        state=rfc.get_state_label(),
        part=said,
        part_waits=waits,
        excerpt=found or SafeString(""),
        questions=questions,
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
