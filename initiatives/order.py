"""The arithmetic of an order: what departs from its score, what fits, what moved. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Move = Literal["new", "gone", "up", "down", "same"]


def departures(scores: Sequence[Decimal | None]) -> list[int]:
    """For each place how many higher scores stand under it; what has no score departs from none."""
    found = []
    for n, score in enumerate(scores):
        under = [s for s in scores[n + 1 :] if s is not None]
        found.append(0 if score is None else sum(s > score for s in under))
    return found


def fitting(points: Sequence[int | None], capacity: int) -> tuple[int, int]:
    """(how many of the first fit, what they use). Nothing jumps the queue to fill a gap."""
    used = count = 0
    for each in points:
        if used + (each or 0) > capacity:
            break
        used += each or 0
        count += 1
    return count, used


@dataclass(frozen=True)
class Moved:
    """One thing in two orders; places are None where it does not stand."""

    key: Hashable
    before: int | None
    after: int | None

    @property
    def kind(self) -> Move:
        """What happened to it."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        if self.after == self.before:
            return "same"
        return "up" if self.after < self.before else "down"

    @property
    def by(self) -> int:
        """How many places it moved."""
        return abs((self.before or 0) - (self.after or 0)) if self.before and self.after else 0


def compared(before: Sequence[Any], after: Sequence[Any]) -> list[Moved]:
    """Every key of two orders: those that stand now in their order, then those that are gone."""
    old = {key: n for n, key in enumerate(before, start=1)}
    new = {key: n for n, key in enumerate(after, start=1)}
    standing = [Moved(key, old.get(key), place) for key, place in new.items()]
    gone = [Moved(key, place, None) for key, place in old.items() if key not in new]
    return standing + gone
