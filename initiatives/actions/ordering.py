"""The order of a draft ranking: moving one entry, ordering a lane, taking one out."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from config.flow.errors import Conflict, NotAllowed
from initiatives.actions.drafting import changed, opened
from initiatives.models import Lane, Ranking, RankingChange, RankingEntry
from initiatives.queries.arrangement import arrangement, undoable


@transaction.atomic
def place_entry(
    *,
    entry: RankingEntry,
    actor: Any,
    position: int | None = None,
    lane: Lane | None = None,
    after: RankingEntry | None = None,
    seen_version: int | None = None,
) -> RankingEntry:
    """Move an entry to a position (1 is first) of its own or another lane, or right after another."""
    locked = opened(entry.ranking, actor, seen_version=seen_version)
    target = after.lane if after else lane or entry.lane
    if target.ranking_id != locked.pk:
        raise NotAllowed("That lane belongs to another ranking.")
    if after is not None and after.pk == entry.pk:
        raise NotAllowed(f"{entry.initiative.key} cannot stand after itself.")
    before = arrangement(locked)
    source, was = entry.lane, entry.position
    order = list(target.entries.exclude(pk=entry.pk).order_by("position"))
    if position is None and after is None and target.pk == source.pk:
        position = was
    goal = _goal(order, after, position)
    order.insert(max(0, min(goal - 1, len(order))), entry)
    entry.lane = target
    _renumber(order)
    if target.pk != source.pk:
        _renumber(list(source.entries.order_by("position")))
    entry.refresh_from_db()
    if (entry.lane_id, entry.position) != (source.pk, was):
        changed(locked, actor, _words(entry, source, was), before=before)
    return entry


def _goal(order: Sequence[RankingEntry], after: RankingEntry | None, position: int | None) -> int:
    if after is not None:
        return next(n for n, e in enumerate(order, start=1) if e.pk == after.pk) + 1
    return len(order) + 1 if position is None else position


def _words(entry: RankingEntry, source: Lane, was: int) -> str:
    key = entry.initiative.key
    if entry.lane_id != source.pk:
        return f"{key} went from {source} to {entry.lane}, position {entry.position}."
    return f"{key} went from position {was} to {entry.position} in {source}."


@transaction.atomic
def order_lane(
    *, lane: Lane, actor: Any, entry_ids: Sequence[int], seen_version: int | None
) -> None:
    """Set the whole order of a lane at once, as dragging does."""
    locked = opened(lane.ranking, actor, seen_version=seen_version)
    entries = {e.pk: e for e in lane.entries.select_related("initiative")}
    if sorted(entries) != sorted(entry_ids):
        raise Conflict(
            "Somebody changed this lane meanwhile; the order was not saved. Look at it again."
        )
    whole = arrangement(locked)
    before = {pk: e.position for pk, e in entries.items()}
    _renumber([entries[pk] for pk in entry_ids])
    moved = [e for pk, e in entries.items() if e.position != before[pk]]
    if moved:
        first = max(moved, key=lambda e: abs(e.position - before[e.pk]))
        text = f"{first.initiative.key} went from position {before[first.pk]} to {first.position}"
        more = f", and {len(moved) - 1} others moved" if len(moved) > 1 else ""
        changed(locked, actor, f"{text} in {lane}{more}.", before=whole)


@transaction.atomic
def order_by_score(*, lane: Lane, actor: Any) -> int:
    """Put a lane into the order of its scores; what has no score stays at its end. Answers how many
    moved.
    """
    locked = opened(lane.ranking, actor)
    entries = list(lane.entries.select_related("initiative").order_by("position"))
    ordered = sorted(
        entries, key=lambda e: (e.initiative.score is None, -(e.initiative.score or 0), e.position)
    )
    moved = sum(e.position != n for n, e in enumerate(ordered, start=1))
    before = arrangement(locked)
    _renumber(ordered)
    if moved:
        text = f"{lane} was put into the order of its scores; {moved} moved."
        changed(locked, actor, text, before=before)
    return moved


@transaction.atomic
def undo_move(
    *,
    ranking: Ranking,
    actor: Any,
    change: RankingChange | None = None,
    seen_version: int | None = None,
) -> RankingChange:
    """Take a move back, the newest one unless another is named. Raises NotAllowed, Conflict.

    It goes only while everything stands as that move left it: nobody's later move is overwritten.
    """
    locked = opened(ranking, actor, seen_version=seen_version)
    change = change or undoable(locked)
    if change is None or change.before is None or change.ranking_id != locked.pk:
        raise NotAllowed("There is no move to take back; the order was set anew since.")
    if change.undone_at is not None:
        raise NotAllowed("This move was taken back already.")
    if change.after != arrangement(locked):
        raise Conflict(
            "The order was changed again since; nothing was taken back. Move it by hand."
        )
    entries = {e.pk: e for e in locked.entries.all()}
    for lane, ids in change.before.items():
        for pk in ids:
            entries[pk].lane_id = int(lane)
        _renumber([entries[pk] for pk in ids])
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    changed(locked, actor, f"Taken back: {change.text}")
    return change


@transaction.atomic
def remove_from_ranking(*, entry: RankingEntry, actor: Any) -> None:
    """Take an entry out of a draft and close the gap."""
    locked = opened(entry.ranking, actor)
    lane, key = entry.lane, entry.initiative.key
    entry.delete()
    _renumber(list(lane.entries.order_by("position")))
    changed(locked, actor, f"{key} left {lane}.")


def _renumber(entries: Sequence[RankingEntry]) -> None:
    """Number a lane anew; only rows that moved are written."""
    for position, entry in enumerate(entries, start=1):
        entry.position = position
        entry.save(update_fields=["position", "lane"])
