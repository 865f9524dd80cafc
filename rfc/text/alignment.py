"""Where each stretch of one text stands in another: lines first, then words, against a deadline."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rfc.text.differences import Budget, Engine
from rfc.text.headings import lines_of

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
    before, after = lines_of(old), lines_of(new)
    keys = ([" ".join(line.split()) for line in before], [" ".join(line.split()) for line in after])
    old_at = new_at = 0
    old_pos = new_pos = 0
    removed: list[str] = []
    added: list[str] = []
    for operation, count in _operations(*keys, budget):
        if operation == 0:
            yield from _words("".join(removed), "".join(added), (old_pos, new_pos), budget)
            old_pos += sum(map(len, removed))
            new_pos += sum(map(len, added))
            removed, added = [], []
            for was, now in zip(
                before[old_at : old_at + count], after[new_at : new_at + count], strict=True
            ):
                yield from _words(was, now, (old_pos, new_pos), budget)
                old_pos += len(was)
                new_pos += len(now)
        elif operation < 0:
            removed += before[old_at : old_at + count]
        else:
            added += after[new_at : new_at + count]
        old_at += count if operation <= 0 else 0
        new_at += count if operation >= 0 else 0
    yield from _words("".join(removed), "".join(added), (old_pos, new_pos), budget)


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
    known: dict[str, str] = {}
    for item in (*old, *new):
        known.setdefault(item, chr(_FIRST_CHAR + len(known)))
    engine = Engine()
    engine.Diff_Timeout = budget.share()
    encoded = ("".join(map(known.__getitem__, old)), "".join(map(known.__getitem__, new)))
    for operation, text in engine.diff_main(*encoded, checklines=False):
        yield operation, len(text)
