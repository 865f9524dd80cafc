"""Does the order hold inside the ranges? A seeded draw over the scores. Pure and repeatable.

Each score is drawn from a triangle between its low and high end with its peak at the value. The same
scores give the same answer on every machine: the draws come from a fixed seed per item, so one item
more does not change what is drawn for the others.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from random import Random

DRAWS = 400
SURE = 0.8  # a range of places holds in eight of ten draws; a swap is possible in two of ten


@dataclass(frozen=True)
class Item:
    """A thing with a score and its range, in the order in which it stands."""

    key: Hashable
    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Place:
    """Where an item stands and which places it could take."""

    key: Hashable
    place: int
    best: int
    worst: int

    @property
    def holds(self) -> bool:
        return self.best == self.worst == self.place

    @property
    def words(self) -> str:
        """As in “3” or “3 (2–5)”."""
        return str(self.place) if self.holds else f"{self.place} ({self.best}–{self.worst})"


@dataclass(frozen=True)
class Swap:
    """Two neighbours whose order is not sure; `chance` that the lower one is in truth ahead."""

    upper: Hashable
    lower: Hashable
    chance: float


@dataclass(frozen=True)
class Stability:
    """The places with their ranges, the unsure neighbours, and the finding in a sentence."""

    places: tuple[Place, ...]
    swaps: tuple[Swap, ...]
    sentence: str


def stability(items: Sequence[Item], places: Sequence[int] = ()) -> Stability:
    """The stability of an order; `items` stand from first to last, on `places` (1, 2, 3, …)."""
    on = list(places) or list(range(1, len(items) + 1))
    drawn = [_drawn(item) for item in items]
    ranked = tuple(
        Place(item.key, on[n], *(on[rank - 1] for rank in _reach(n + 1, ranks)))
        for n, (item, ranks) in enumerate(zip(items, _ranks(drawn), strict=True))
    )
    unsure = [_ahead(drawn[n], drawn[n + 1]) > 1 - SURE for n in range(len(items) - 1)]
    swaps = tuple(
        Swap(items[n].key, items[n + 1].key, round(_ahead(drawn[n], drawn[n + 1]), 2))
        for n, open_ in enumerate(unsure)
        if open_
    )
    runs = [
        Run(on[first], on[last], last - first + 1, _ahead(drawn[first], drawn[last]) > 1 - SURE)
        for first, last in groups(unsure, len(items))
    ]
    return Stability(ranked, swaps, sentence(runs))


def _drawn(item: Item) -> list[float]:
    if item.high <= item.low:
        return [item.value] * DRAWS
    source = Random(f"gateline:{item.key}")  # noqa: S311 - repeatable on purpose, guards nothing
    peak = min(max(item.value, item.low), item.high)
    return [source.triangular(item.low, item.high, peak) for _ in range(DRAWS)]


def _ranks(drawn: list[list[float]]) -> list[list[int]]:
    """For each item its place in each draw; equal scores keep the order they stand in."""
    found: list[list[int]] = [[] for _ in drawn]
    for n in range(DRAWS):
        order = sorted(range(len(drawn)), key=lambda i: -drawn[i][n])
        for rank, i in enumerate(order, start=1):
            found[i].append(rank)
    return found


def _reach(place: int, ranks: list[int]) -> tuple[int, int]:
    """Best and worst place in all but the rarest draws; its own place is always inside."""
    ordered = sorted(ranks)
    tail = round(DRAWS * (1 - SURE) / 2)
    return min(place, ordered[tail]), max(place, ordered[-1 - tail])


def _ahead(upper: list[float], lower: list[float]) -> float:
    """In which share of the draws the lower one is ahead."""
    return sum(b > a for a, b in zip(upper, lower, strict=True)) / DRAWS


def groups(unsure: Sequence[bool], count: int) -> list[tuple[int, int]]:
    """Runs (first, last index) that unsure neighbours tie together; a run of one holds."""
    runs: list[tuple[int, int]] = []
    start = 0
    for n in range(count):
        if n == count - 1 or not unsure[n]:
            runs.append((start, n))
            start = n + 1
    return runs


@dataclass(frozen=True)
class Run:
    """Places that belong together. `any_order` when even its last could be ahead of its first."""

    first: int
    last: int
    count: int
    any_order: bool

    @property
    def words(self) -> str:
        """What is said about a run of several."""
        reach = f"{self.first}–{self.last}"
        if self.count == 2:
            return f"{reach} could be either way round"
        if self.any_order:
            return f"{reach} could be any order"
        return f"neighbours among {reach} could swap"


def sentence(runs: Sequence[Run]) -> str:
    """The finding, as in “The first two hold; 3–5 could be any order”."""
    if sum(run.count for run in runs) < 2:
        return "There is nothing to compare yet."
    if all(run.count == 1 for run in runs):
        return "The order holds inside the ranges."
    parts: list[str] = []
    n = 0
    while n < len(runs):
        end = n
        while end + 1 < len(runs) and runs[n].count == runs[end + 1].count == 1:
            end += 1
        if runs[n].count == 1:
            parts.append(_holding(runs[n : end + 1], at_start=n == 0, at_end=end == len(runs) - 1))
        else:
            parts.append(runs[n].words)
        n = end + 1
    said = "; ".join(parts) + "."
    return said[0].upper() + said[1:]


_COUNTS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _holding(runs: Sequence[Run], *, at_start: bool, at_end: bool) -> str:
    count = len(runs)
    words = _COUNTS[count] if count < len(_COUNTS) else str(count)
    if at_start:
        return "the first holds" if count == 1 else f"the first {words} hold"
    if at_end:
        return "the last holds" if count == 1 else f"the last {words} hold"
    if count == 1:
        return f"{runs[0].first} holds"
    return f"{runs[0].first}–{runs[-1].last} hold"
