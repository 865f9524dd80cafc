"""Suggestions: other words for a passage, taken into the draft piece by piece or refused."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.comments import settle
from rfc.actions.writing import lock_for_writing, save_draft
from rfc.models import RFC, Anchor, Comment, Draft, Suggestion, ThreadAct
from rfc.models.anchoring import in_text
from rfc.permissions import resolves
from rfc.text.anchors import EXACT, Place

OPEN = Suggestion.State.OPEN


@dataclass
class Accepted:
    """What became of suggestions: taken, overtaken by one of those, or their text moved on."""

    taken: list[Suggestion] = field(default_factory=list)
    overtaken: list[Suggestion] = field(default_factory=list)
    moved: list[Suggestion] = field(default_factory=list)


@transaction.atomic
def accept_suggestions(*, rfc: RFC, actor: Any, threads: Iterable[int]) -> Accepted:
    """Put suggested words into the draft; whoever suggested them counts as an editor of it.

    Of suggestions for overlapping words the first in the text is taken and the others become
    plain comments. One whose words the draft no longer holds is left open; when none could be
    taken, NotAllowed says so.
    """
    locked = lock_for_writing(rfc, actor)
    draft = Draft.objects.select_for_update(no_key=True).get(rfc=locked)
    rows = _open_ones(locked)
    wanted = set(threads)
    chosen = [row for row in rows if row.comment_id in wanted]
    if not chosen:
        raise WrongState("These suggestions are settled already.", link=locked.get_absolute_url())
    places = _places(locked, rows, draft.body)
    found = _sorted_out(rows, chosen, places)
    if not found.taken:
        raise NotAllowed(
            f"The text of the draft moved on: it no longer says “{_short(chosen[0].original)}”. "
            "Edit the draft by hand, then resolve the thread.",
            link=f"{locked.edit_url}",
        )
    body = draft.body
    for row in reversed(found.taken):
        body = _replaced(body, places[row.comment_id], row.replacement)
    saved = save_draft(rfc=locked, actor=actor, seen_version=None, body=body)
    saved.editors.add(*{row.comment.author_id for row in found.taken})
    _write_down(found, actor)
    return found


@transaction.atomic
def refuse_suggestion(*, thread: Comment, actor: Any, reason: str) -> Suggestion:
    """Say no, with a reason; the thread is resolved with it. Whoever suggested may take it back."""
    row = _open_one(thread)
    if not resolves(actor, row.comment.rfc, row.comment):
        raise NotYours(
            f"A suggestion is accepted or refused by the authors of {row.comment.rfc.key}; "
            f"{row.comment.author.name} may take it back."
        )
    if not reason.strip():
        raise NotAllowed("Say in a few words why the words stay as they are.")
    _decide(row, Suggestion.State.REFUSED, actor, reason)
    settle(row.comment, actor, ThreadAct.Act.REFUSED, reason)
    return row


def _open_ones(rfc: RFC) -> list[Suggestion]:
    rows = Suggestion.objects.select_for_update(no_key=True, of=("self", "comment"))
    rows = rows.filter(comment__rfc=rfc, state=OPEN).select_related("comment__author")
    return list(rows.order_by("comment__at", "comment_id"))


def _open_one(thread: Comment) -> Suggestion:
    rows = Suggestion.objects.select_for_update(no_key=True, of=("self", "comment"))
    row = rows.select_related("comment__author", "comment__rfc").filter(comment=thread).first()
    if row is None:
        raise NotAllowed("This thread suggests no other words.")
    if row.state != OPEN:
        raise WrongState(f"This suggestion was {row.get_state_display().lower()} already.")
    return row


def _places(rfc: RFC, rows: list[Suggestion], body: str) -> dict[int, Place]:
    """Where each suggestion's words stand in the draft."""
    newest = rfc.revisions.get(number=rfc.revision_count)
    anchors = Anchor.objects.filter(
        comment__in=[row.comment_id for row in rows], revision__number__lte=rfc.revision_count
    )
    latest = {each.comment_id: each for each in anchors.order_by("revision__number")}
    known = [each for each in latest.values() if each.revision_id == newest.pk]
    return in_text(known, newest, body)


def _sorted_out(
    rows: list[Suggestion], chosen: list[Suggestion], places: dict[int, Place]
) -> Accepted:
    found = Accepted()
    here = [row for row in chosen if _stands(places.get(row.comment_id))]
    found.moved = [row for row in chosen if row not in here]
    for row in sorted(here, key=lambda row: (places[row.comment_id].start, row.comment_id)):
        if any(_overlap(places, row, other) for other in found.taken):
            found.overtaken.append(row)
        else:
            found.taken.append(row)
    rest = [row for row in rows if row not in chosen and _stands(places.get(row.comment_id))]
    found.overtaken += [r for r in rest if any(_overlap(places, r, t) for t in found.taken)]
    return found


def _stands(place: Place | None) -> bool:
    return place is not None and place.found == EXACT


def _overlap(places: dict[int, Place], one: Suggestion, other: Suggestion) -> bool:
    a, b = places[one.comment_id], places[other.comment_id]
    return max(a.start or 0, b.start or 0) < min(a.end or 0, b.end or 0)


def _replaced(body: str, place: Place, words: str) -> str:
    """The text with other words in a passage; words taken out leave no double space."""
    before, after = body[: place.start], body[place.end :]
    if not words and before[-1:] in (" ", "\n", "") and after[:1] == " ":
        after = after[1:]
    return before + words + after


def _write_down(found: Accepted, actor: Any) -> None:
    for row in found.taken:
        _decide(row, Suggestion.State.ACCEPTED, actor)
        settle(row.comment, actor, ThreadAct.Act.ACCEPTED, "The suggestion was accepted.")
    for row in found.overtaken:
        _decide(row, Suggestion.State.OVERTAKEN, actor)
        ThreadAct.objects.create(comment=row.comment, act=ThreadAct.Act.OVERTAKEN, actor=actor)


def _decide(row: Suggestion, state: str, actor: Any, reason: str = "") -> None:
    row.state, row.decided_by, row.decided_at = state, actor, timezone.now()
    row.reason = reason.strip()[:400]
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 80 else f"{flat[:77]}…"
