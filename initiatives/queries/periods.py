"""Two rankings beside each other, and what changed since one was committed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from initiatives.models import Initiative, Lane, Ranking, RankingEntry
from initiatives.order import Moved, compared
from initiatives.phases import CANDIDATE_PHASES, words
from initiatives.queries.ranking import entries_of, rankings_for
from initiatives.queries.scoring import bases

NEWCOMERS = 10


@dataclass(frozen=True)
class MovedRow:
    """One initiative in two rankings; `before` and `after` are its entries."""

    initiative: Initiative
    moved: Moved
    before: RankingEntry | None
    after: RankingEntry | None


@dataclass(frozen=True)
class ShareRow:
    """One lane's share in both rankings; None where there is no such lane."""

    name: str
    before: int | None
    after: int | None

    @property
    def by(self) -> int:
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True)
class Comparison:
    """What differs between two rankings."""

    before: Ranking
    after: Ranking
    rows: list[MovedRow]
    shares: list[ShareRow]

    def count(self, kind: str) -> int:
        """How many moved that way."""
        return sum(row.moved.kind == kind for row in self.rows)

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(kind, self.count(kind)) for kind in ("up", "down", "new", "gone", "same")]


def rankings_of_line(person: Any, line_slug: str) -> list[Ranking]:
    """A line's rankings, newest first."""
    rows = rankings_for(person).filter(line__slug=line_slug)
    return list(rows.order_by("-created_at", "-pk"))


def compare_rankings(before: Ranking, after: Ranking) -> Comparison:
    """Which places changed from one ranking to the other; four queries."""
    old = {e.initiative_id: e for e in entries_of(before)}
    new = {e.initiative_id: e for e in entries_of(after)}
    rows = [
        MovedRow(_initiative(m, old, new), m, old.get(int(str(m.key))), new.get(int(str(m.key))))
        for m in compared(list(old), list(new))
    ]
    shares = _shares(list(before.lanes.all()), list(after.lanes.all()))
    return Comparison(before, after, rows, shares)


def _initiative(
    moved: Moved, old: dict[int, RankingEntry], new: dict[int, RankingEntry]
) -> Initiative:
    key = int(str(moved.key))
    found: Initiative = (new.get(key) or old[key]).initiative
    return found


def _shares(before: Sequence[Lane], after: Sequence[Lane]) -> list[ShareRow]:
    old = {lane.name: lane.share_percent for lane in before}
    new = {lane.name: lane.share_percent for lane in after}
    names = list(new) + [name for name in old if name not in new]
    return [ShareRow(name, old.get(name), new.get(name)) for name in names]


@dataclass(frozen=True)
class Since:
    """One thing that changed since the commitment, in words."""

    initiative: Initiative
    kind: str
    text: str


def changes_since(ranking: Ranking) -> list[Since]:
    """What a committed order does not know: phases, scores, stale evidence, newcomers."""
    entries = entries_of(ranking)
    today = bases(e.initiative for e in entries)
    found = []
    for entry in entries:
        one, basis = entry.initiative, today[entry.initiative_id]
        if one.phase not in CANDIDATE_PHASES:
            found.append(Since(one, "phase", f"is in {words(one.phase)} now"))
        elif basis.score.value != entry.score:
            said = f"score {_shown(entry.score)} → {_shown(basis.score.value)}"
            found.append(Since(one, "score", said))
        elif basis.stale and not entry.basis.get("stale"):
            found.append(Since(one, "stale", "its evidence went stale"))
    return found + _newcomers(ranking)


def _newcomers(ranking: Ranking) -> list[Since]:
    rows = (
        Initiative.objects.filter(line=ranking.line_id, phase__in=CANDIDATE_PHASES)
        .exclude(ranking_entries__ranking=ranking)
        .order_by("number")[:NEWCOMERS]
    )
    return [Since(row, "new", "competes and has no place here") for row in rows]


def _shown(score: Decimal | None) -> str:
    return "incomplete" if score is None else f"{score:.1f}"
