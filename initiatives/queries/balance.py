"""Lanes against capacity: the points a filtered set takes in the newest ranking of each line."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from initiatives.models import Lane, Ranking, RankingEntry


@dataclass(frozen=True)
class LaneBalance:
    """A lane: its capacity in points, what all of it takes, and what the filtered set takes."""

    name: str
    share: int
    capacity: int
    used: int
    shown: int
    initiatives: int
    unestimated: int

    @property
    def over(self) -> int:
        """Points above the capacity."""
        return max(self.used - self.capacity, 0) if self.capacity else 0


@dataclass(frozen=True)
class LineBalance:
    """A line's newest ranking with its lanes."""

    ranking: Ranking
    lanes: list[LaneBalance]

    @property
    def used(self) -> int:
        return sum(lane.used for lane in self.lanes)


def balance(person: Any, found: Any) -> list[LineBalance]:
    """The newest ranking of each line, committed before drafts; four statements."""
    newest = Ranking.objects.visible_to(person).exclude(phase="replaced").select_related("line")
    ordered = newest.order_by("line_id", "phase", "-period", "-revision").distinct("line_id")
    rankings = {r.pk: r for r in ordered}
    entries = RankingEntry.objects.filter(ranking__in=rankings).order_by()
    whole = _sums(entries)
    shown = _sums(entries.filter(initiative__in=found.order_by().values("pk")))
    lanes: dict[int, list[LaneBalance]] = defaultdict(list)
    nothing = (0, 0, 0)
    for lane in Lane.objects.filter(ranking__in=rankings).order_by("ordinal"):
        ranking = rankings[lane.ranking_id]
        used, _n, _known = whole.get(lane.pk, nothing)
        part, count, known = shown.get(lane.pk, nothing)
        capacity = round(ranking.capacity_points * lane.share_percent / 100)
        lanes[ranking.pk].append(
            LaneBalance(lane.name, lane.share_percent, capacity, used, part, count, count - known)
        )
    found_lines = [LineBalance(r, lanes[r.pk]) for r in rankings.values() if lanes[r.pk]]
    return sorted(found_lines, key=lambda one: one.ranking.line.name)


def _sums(entries: Any) -> dict[int, tuple[int, int, int]]:
    """Lane → points, entries, entries with points."""
    counted = entries.values_list("lane").annotate(
        used=Sum("points"), n=Count("id"), known=Count("points")
    )
    return {lane: (used or 0, n, known) for lane, used, n, known in counted}
