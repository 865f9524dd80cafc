"""How the entries of a ranking stand, and which move can be taken back."""

from initiatives.models import Ranking, RankingChange

# Lane → its entries in their order, by id.
Arrangement = dict[str, list[int]]


def arrangement(ranking: Ranking) -> Arrangement:
    """How everything stands now."""
    found: Arrangement = {}
    rows = ranking.entries.order_by("lane", "position").values_list("lane", "pk")
    for lane, entry in rows:
        found.setdefault(str(lane), []).append(entry)
    return found


def undoable(ranking: Ranking) -> RankingChange | None:
    """The newest move of a draft that still stands and that nothing followed."""
    if ranking.phase != "draft":
        return None
    rows = ranking.changes.filter(before__isnull=False, undone_at=None)
    change = rows.select_related("actor").order_by("-pk").first()
    return change if change and change.after == arrangement(ranking) else None
