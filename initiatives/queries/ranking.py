"""Reads of rankings: lanes with their capacity and cut line, rows with score and strength."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from initiatives.evidence_rules import strength
from initiatives.models import Evidence, Initiative, Lane, Ranking, RankingEntry, ScoreInput, Source
from initiatives.phases import CANDIDATE_PHASES
from initiatives.scoring import Score, rice


@dataclass(frozen=True)
class EntryRow:
    """One place. `departs` when a higher score stands under it.

    `bar` holds score, range and the parts by strength of evidence on a scale of 100, whose end is
    the highest score of the ranking; None while the score is incomplete.
    """

    entry: RankingEntry
    place: int
    departs: bool
    bar: dict[str, float] | None
    missing: str


@dataclass(frozen=True)
class LaneRows:
    """A lane with its share of the capacity in points and what fits into it."""

    lane: Lane
    capacity: int
    used: int
    above: list[EntryRow]
    below: list[EntryRow]


def rankings_for(person: Any) -> Any:
    """Rankings a person may see with their signatures."""
    return Ranking.objects.visible_to(person).select_related(
        "line", "pm_signed_by", "bl_signed_by", "complete_declared_by"
    )


def candidates(ranking: Ranking) -> Any:
    """Initiatives of the line that compete and have no place yet."""
    return (
        Initiative.objects.filter(line=ranking.line, phase__in=CANDIDATE_PHASES)
        .exclude(ranking_entries__ranking=ranking)
        .order_by("-score", "number")
    )


def source_names(slugs: list[str]) -> list[str]:
    """The names of sources; no query where there are none."""
    return (
        list(Source.objects.filter(slug__in=slugs).values_list("name", flat=True)) if slugs else []
    )


@dataclass(frozen=True)
class Basis:
    """What an entry's score rests on now."""

    score: Score
    strengths: Counter[str]


def lanes_of(ranking: Ranking) -> list[LaneRows]:
    """Every lane with its rows; four queries whatever the length."""
    entries = list(
        ranking.entries.select_related("lane", "initiative__owner", "initiative__source")
    )
    bases = _bases([e.initiative_id for e in entries])
    highest = max((float(b.score.high) for b in bases.values() if b.score.high), default=0.0)
    scale = 100 / highest if highest else 0.0
    lanes: list[LaneRows] = []
    place = 0
    for lane in ranking.lanes.all():
        own = [e for e in entries if e.lane_id == lane.pk]
        rows = [_row(own, n, place, bases[e.initiative_id], scale) for n, e in enumerate(own)]
        lanes.append(_cut(ranking, lane, rows))
        place += len(own)
    return lanes


def _bases(ids: list[int]) -> dict[int, Basis]:
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in Evidence.objects.filter(initiative__in=ids, archived_at=None):
        evidence[item.initiative_id].append(item)
    inputs: dict[int, dict[str, Any]] = defaultdict(dict)
    for given in ScoreInput.objects.filter(initiative__in=ids).order_by("at", "pk"):
        inputs[given.initiative_id][given.factor] = given
    return {
        pk: Basis(rice(inputs[pk], evidence[pk]), Counter(strength(e) for e in evidence[pk]))
        for pk in ids
    }


def _row(own: list[RankingEntry], n: int, place: int, basis: Basis, scale: float) -> EntryRow:
    entry = own[n]
    under = [e.score for e in own[n + 1 :] if e.score is not None]
    return EntryRow(
        entry=entry,
        place=place + n + 1,
        departs=entry.score is not None and any(s > entry.score for s in under),
        bar=_bar(entry, basis, scale),
        missing=" and ".join(basis.score.missing),
    )


def _bar(entry: RankingEntry, basis: Basis, scale: float) -> dict[str, float] | None:
    if entry.score is None or not basis.score.complete:
        return None
    counted = sum(basis.strengths.values()) or 1
    score = float(entry.score) * scale
    parts = {
        name: score * basis.strengths[name] / counted
        for name in ("measured", "reported", "assumed")
    }
    low, high = float(basis.score.low or 0) * scale, float(basis.score.high or 0) * scale
    return {"score": score, "low": low, "high": high, **parts}


def _cut(ranking: Ranking, lane: Lane, rows: list[EntryRow]) -> LaneRows:
    """What fits into the lane's capacity stands above the line; nothing jumps the queue."""
    capacity = round(ranking.capacity_points * lane.share_percent / 100)
    used, fitting = 0, 0
    for row in rows:
        points = row.entry.points or 0
        if ranking.capacity_points and used + points > capacity:
            break
        used += points
        fitting += 1
    return LaneRows(lane, capacity, used, rows[:fitting], rows[fitting:])
