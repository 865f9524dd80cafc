"""Reads of rankings: lanes with their capacity and cut line, rows with score and strength."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from initiatives.evidence_rules import strength
from initiatives.models import Evidence, Initiative, Lane, Ranking, RankingEntry, ScoreInput
from initiatives.phases import CANDIDATE_PHASES
from initiatives.scoring import rice


@dataclass(frozen=True)
class EntryRow:
    """One place. `below` the cut line; `departs` when a higher score stands under it."""

    entry: RankingEntry
    place: int
    below: bool
    departs: bool
    strengths: Counter[str]
    low: Any
    high: Any
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


def lanes_of(ranking: Ranking) -> list[LaneRows]:
    """Every lane with its rows; four queries whatever the length."""
    entries = list(
        ranking.entries.select_related("lane", "initiative__owner", "initiative__source")
    )
    ids = [e.initiative_id for e in entries]
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in Evidence.objects.filter(initiative__in=ids, archived_at=None):
        evidence[item.initiative_id].append(item)
    inputs = _inputs(ids)
    lanes: list[LaneRows] = []
    place = 0
    for lane in ranking.lanes.all():
        own = [e for e in entries if e.lane_id == lane.pk]
        lanes.append(_lane(ranking, lane, own, place, evidence, inputs))
        place += len(own)
    return lanes


def _inputs(ids: list[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for given in ScoreInput.objects.filter(initiative__in=ids).order_by("at", "pk"):
        found[given.initiative_id][given.factor] = given
    return found


def _lane(
    ranking: Ranking,
    lane: Lane,
    entries: list[RankingEntry],
    place: int,
    evidence: dict[int, list[Evidence]],
    inputs: dict[int, dict[str, Any]],
) -> LaneRows:
    capacity = round(ranking.capacity_points * lane.share_percent / 100)
    above: list[EntryRow] = []
    below: list[EntryRow] = []
    used = 0
    for n, entry in enumerate(entries):
        points = entry.points or 0
        fits = not below and (ranking.capacity_points == 0 or used + points <= capacity)
        used += points if fits else 0
        under = [e.score for e in entries[n + 1 :] if e.score is not None]
        live = evidence[entry.initiative_id]
        score = rice(inputs[entry.initiative_id], live)
        row = EntryRow(
            entry=entry,
            place=place + n + 1,
            below=not fits,
            departs=entry.score is not None and any(s > entry.score for s in under),
            strengths=Counter(strength(e) for e in live),
            low=score.low,
            high=score.high,
            missing=" and ".join(score.missing),
        )
        (above if fits else below).append(row)
    return LaneRows(lane, capacity, used, above, below)
