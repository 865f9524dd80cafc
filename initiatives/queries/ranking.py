"""Reads of rankings: lanes with their capacity and cut line, rows with score, range and strength."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from initiatives.models import Initiative, Lane, Ranking, RankingEntry, Source
from initiatives.order import departures, fitting
from initiatives.phases import CANDIDATE_PHASES
from initiatives.queries.score_matrix import axes_of
from initiatives.queries.scoring import STRENGTHS, Basis, bases
from initiatives.sensitivity import Item, Stability, stability


@dataclass(frozen=True)
class Standing:
    """What an entry's score was: today's in a draft, the frozen one once committed."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    parts: dict[str, float]
    version: str
    missing: str
    scored_at: datetime | None
    stale: bool
    confidence: Decimal | None = None
    axes: dict[str, list[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryRow:
    """One place. `departs` counts the higher scores under it in its lane; `reach` is the place
    with the places it could take, `swap` the chance in percent that the next one is in truth ahead.
    `bar` is None while the score is incomplete.
    """

    entry: RankingEntry
    place: int
    standing: Standing
    departs: int
    reach: str
    sure: bool
    bar: dict[str, float] | None
    legal: date | None
    swap: int | None

    @property
    def initiative(self) -> Initiative:
        found: Initiative = self.entry.initiative
        return found


@dataclass(frozen=True)
class LaneRows:
    """A lane with its share of the capacity in points, what fits into it, and how sure it is."""

    lane: Lane
    capacity: int
    used: int
    above: list[EntryRow]
    below: list[EntryRow]
    finding: str

    @property
    def rows(self) -> list[EntryRow]:
        return [*self.above, *self.below]


def rankings_for(person: Any) -> Any:
    """Rankings a person may see with their signatures, the newest period first."""
    found = Ranking.objects.visible_to(person).select_related(
        "line", "pm_signed_by", "bl_signed_by", "complete_declared_by"
    )
    return found.order_by("-period", "line__name", "-revision", "pk")


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


def entries_of(ranking: Ranking) -> list[RankingEntry]:
    """Its entries in order, with what a row shows; one query."""
    return list(
        ranking.entries.select_related(
            "lane", "initiative__owner", "initiative__source", "version__framework"
        )
    )


def standings(ranking: Ranking, entries: Iterable[RankingEntry]) -> dict[int, Standing]:
    """Entry → what its score is: read anew in a draft, as frozen otherwise."""
    rows = list(entries)
    if ranking.phase != "draft":
        return {e.pk: _frozen(e) for e in rows}
    today = bases(e.initiative for e in rows)
    return {e.pk: _live(today[e.initiative_id]) for e in rows}


def _live(basis: Basis) -> Standing:
    score = basis.score
    return Standing(
        value=score.value,
        low=score.low,
        high=score.high,
        parts=basis.parts,
        version=str(basis.version),
        missing="" if score.complete else basis.missing_words,
        scored_at=basis.scored_at,
        stale=basis.stale,
        confidence=score.confidence,
        axes=axes_of(basis),
    )


def _frozen(entry: RankingEntry) -> Standing:
    kept = entry.basis
    percent = kept.get("confidence")
    return Standing(
        value=entry.score,
        low=entry.score_low,
        high=entry.score_high,
        parts=kept.get("parts", {}),
        version=str(entry.version) if entry.version else "",
        missing=kept.get("missing", ""),
        scored_at=parse_datetime(kept["scored_at"]) if kept.get("scored_at") else None,
        stale=bool(kept.get("stale")),
        confidence=Decimal(percent) if percent is not None else None,
        axes=kept.get("axes", {}),
    )


def lanes_of(ranking: Ranking) -> list[LaneRows]:
    """Every lane with its rows; eight queries whatever the length."""
    entries = entries_of(ranking)
    known = standings(ranking, entries)
    highest = max((float(s.high) for s in known.values() if s.high), default=0.0)
    lanes: list[LaneRows] = []
    place = 0
    for lane in ranking.lanes.all():
        own = [e for e in entries if e.lane_id == lane.pk]
        rows, finding = _rows(own, known, place, highest)
        lanes.append(_cut(ranking, lane, rows, finding))
        place += len(own)
    return lanes


def _rows(
    own: list[RankingEntry], known: dict[int, Standing], start: int, highest: float
) -> tuple[list[EntryRow], str]:
    scores = [known[e.pk].value for e in own]
    sure = _stability(own, known, start)
    reach = {place.key: place for place in sure.places}
    swaps = {swap.upper: round(100 * swap.chance) for swap in sure.swaps}
    rows = [
        EntryRow(
            entry=entry,
            place=start + n + 1,
            standing=known[entry.pk],
            departs=departs,
            reach=reach[entry.pk].words if entry.pk in reach else "",
            sure=entry.pk not in reach or reach[entry.pk].holds,
            bar=bar_of(known[entry.pk], highest),
            legal=_legal(entry),
            swap=swaps.get(entry.pk),
        )
        for n, (entry, departs) in enumerate(zip(own, departures(scores), strict=True))
    ]
    return rows, sure.sentence if len(sure.places) > 1 else ""


def _stability(own: list[RankingEntry], known: dict[int, Standing], start: int) -> Stability:
    items, places = [], []
    for n, entry in enumerate(own, start=start + 1):
        s = known[entry.pk]
        if s.value is not None and s.low is not None and s.high is not None:
            items.append(Item(entry.pk, float(s.low), float(s.value), float(s.high)))
            places.append(n)
    return stability(items, places)


def _legal(entry: RankingEntry) -> date | None:
    day: date | None = entry.initiative.deadline_date
    return day if entry.initiative.source.mandatory_lane else None


def bar_of(standing: Standing, highest: float) -> dict[str, float] | None:
    """Score, range and parts on a scale of 100 that ends at `highest`."""
    s = standing
    if s.value is None or s.low is None or s.high is None or highest <= 0 or s.value < 0:
        return None
    if not s.parts:
        return None
    scale = 100 / highest
    shown = float(s.value) * scale
    return {
        "score": shown,
        "low": max(0.0, float(s.low) * scale),
        "high": float(s.high) * scale,
        **{name: shown * s.parts.get(name, 0) for name in STRENGTHS},
    }


def _cut(ranking: Ranking, lane: Lane, rows: list[EntryRow], finding: str) -> LaneRows:
    """What fits into the lane's capacity stands above the line."""
    capacity = round(ranking.capacity_points * lane.share_percent / 100)
    points = [row.entry.points for row in rows]
    count, used = fitting(points, capacity) if ranking.capacity_points else (len(rows), 0)
    used = used or sum(p or 0 for p in points[:count])
    return LaneRows(lane, capacity, used, rows[:count], rows[count:], finding)


def frozen_basis(standing: Standing) -> dict[str, Any]:
    """What an entry keeps of its score beside value and range."""
    return {
        "parts": standing.parts,
        "missing": standing.missing,
        "stale": standing.stale,
        "axes": standing.axes,
        "scored_at": standing.scored_at.isoformat() if standing.scored_at else None,
        "confidence": None if standing.confidence is None else str(standing.confidence),
    }


def versions_in(lanes: Iterable[LaneRows]) -> list[str]:
    """The framework versions the scores were made with; more than one is said on the page."""
    return sorted({row.standing.version for lane in lanes for row in lane.rows if
                   row.standing.version and row.standing.value is not None})  # fmt: skip


def days_ago(moment: datetime | None) -> int | None:
    """Whole days since a moment."""
    return None if moment is None else (timezone.now() - moment).days
