"""Where each stretch of one text stands in another: lines first, then words, against a deadline.

Lines that are there once on either side lead; only between them is compared by the shortest edit,
which of lines that repeat takes any, and which would need the deadline.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rfc.text.differences import Budget, Engine
from rfc.text.headings import lines_of
from rfc.text.patience import blocks

WORDS_MOST = 20_000
_TOKEN = re.compile(r"\w+|[^\w\s]")
_FIRST_CHAR = 0x10000


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters at `old` stand, unchanged, at `new`."""

    old: int
    new: int
    length: int


class Alignment:
    """The unchanged stretches of two texts, in order."""

    def __init__(self, runs: list[Run], old_length: int, new_length: int) -> None:
        self._runs = runs
        self._starts = [run.old for run in runs]
        self._lengths = (old_length, new_length)

    def within(self, start: int, end: int) -> list[Run]:
        """What is left of a range of the old text, cut to it."""
        found = []
        at = max(bisect_left(self._starts, start + 1) - 1, 0)
        for run in self._runs[at:]:
            if run.old >= end:
                break
            low, high = max(run.old, start), min(run.old + run.length, end)
            if low < high:
                found.append(Run(low, run.new + low - run.old, high - low))
        return found

    def room(self, start: int, end: int) -> tuple[int, int]:
        """What stands now between the neighbours of a range that did not change."""
        at = bisect_left(self._starts, start) - 1
        before = self._runs[at] if at >= 0 else Run(0, 0, 0)
        after = bisect_left(self._starts, end)
        inside = min(before.old + before.length, start)
        low = before.new + inside - before.old
        if before.old + before.length > end:
            return low, before.new + end - before.old
        last = self._runs[after - 1] if after else before
        if last.old < end < last.old + last.length:
            return low, last.new + end - last.old
        high = self._runs[after].new if after < len(self._runs) else self._lengths[1]
        return low, high


def align(old: str, new: str, seconds: float = 0.4) -> Alignment:
    """Compare; past the time the answer has fewer runs, never wrong ones."""
    budget = Budget(seconds)
    runs = [run for run in _lines(old, new, budget) if run.length]
    return Alignment(runs, len(old), len(new))


def tokens(text: str) -> list[tuple[str, int]]:
    """Words and marks with their place."""
    return [(found[0], found.start()) for found in _TOKEN.finditer(text)]


def _lines(old: str, new: str, budget: Budget) -> Iterator[Run]:
    before, after = _Lines(old), _Lines(new)
    at = there = 0
    ends = (len(before.keys), len(after.keys), 0)
    for was, now, count in [*blocks(before.keys, after.keys), ends]:
        yield from _gap(before, after, (at, was, there, now), budget)
        for step in range(count):
            yield from before.same(was + step, after, now + step, budget)
        at, there = was + count, now + count


class _Lines:
    """The lines of a text, what is compared of them, and where each begins."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.keys = [" ".join(line.split()) for line in self.lines]
        self.starts = [0, *accumulate(map(len, self.lines))]

    def same(self, at: int, other: "_Lines", there: int, budget: Budget) -> Iterator[Run]:
        """The runs of two lines that differ in white space at most."""
        places = (self.starts[at], other.starts[there])
        return _words(self.lines[at], other.lines[there], places, budget)

    def joined(self, low: int, high: int) -> str:
        return "".join(self.lines[low:high])


def _gap(
    before: _Lines, after: _Lines, gap: tuple[int, int, int, int], budget: Budget
) -> Iterator[Run]:
    """The runs between two lines that are sure: more lines that stayed, and the words of others."""
    at, high, there, last = gap
    left = (at, there)
    for operation, count in _operations(before.keys[at:high], after.keys[there:last], budget):
        if operation == 0:
            yield from _changed(before, after, (left[0], at, left[1], there), budget)
            for step in range(count):
                yield from before.same(at + step, after, there + step, budget)
        at += count if operation <= 0 else 0
        there += count if operation >= 0 else 0
        left = (at, there) if operation == 0 else left
    yield from _changed(before, after, (left[0], high, left[1], last), budget)


def _changed(
    before: _Lines, after: _Lines, gap: tuple[int, int, int, int], budget: Budget
) -> Iterator[Run]:
    low, high, first, last = gap
    places = (before.starts[low], after.starts[first])
    return _words(before.joined(low, high), after.joined(first, last), places, budget)


def _words(old: str, new: str, at: tuple[int, int], budget: Budget) -> Iterator[Run]:
    if old == new:
        yield Run(at[0], at[1], len(old))
        return
    before, after = tokens(old), tokens(new)
    if not before or not after or len(before) + len(after) > WORDS_MOST:
        return
    i = j = 0
    names = ([word for word, _ in before], [word for word, _ in after])
    for operation, count in _operations(*names, budget):
        if operation == 0:
            for (word, was), (_word, now) in zip(
                before[i : i + count], after[j : j + count], strict=True
            ):
                yield Run(at[0] + was, at[1] + now, len(word))
        i += count if operation <= 0 else 0
        j += count if operation >= 0 else 0


def _operations(
    old: Sequence[str], new: Sequence[str], budget: Budget
) -> Iterator[tuple[int, int]]:
    """What diff-match-patch says about two lists, each distinct item being one character to it."""
    if not old or not new:
        yield from ((sign, len(items)) for sign, items in ((-1, old), (1, new)) if items)
        return
    known: dict[str, str] = {}
    for item in (*old, *new):
        known.setdefault(item, chr(_FIRST_CHAR + len(known)))
    engine = Engine()
    engine.Diff_Timeout = budget.share()
    encoded = ("".join(map(known.__getitem__, old)), "".join(map(known.__getitem__, new)))
    for operation, text in engine.diff_main(*encoded, checklines=False):
        yield operation, len(text)
