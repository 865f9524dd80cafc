"""Which items of one list stand in another, in order, found by the ones that stand once in both.

A line that is there once on either side is the same line; of lines that repeat (code fences, rows
of tables, the words of a template) only those beside such a line are believed. It takes no longer
for texts that differ much, so the answer does not depend on how busy the machine is.
"""

from bisect import bisect_left
from collections.abc import Sequence

# Gaps inside gaps: each level finds items that are rare only there.
LEVELS = 12

Block = tuple[int, int, int]


def blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """(index in old, index in new, how many) of what stands in both, in order of both."""
    found: list[Block] = []
    waiting = [((0, len(old), 0, len(new)), 0)]
    while waiting:
        gap, level = waiting.pop()
        anchors = _anchors(old, new, gap) if level < LEVELS else []
        if not anchors:
            # What repeats belongs to the sure line before it, then to the one behind.
            head = _head(old, new, gap)
            low, high, first, last = gap[0] + head, gap[1], gap[2] + head, gap[3]
            tail = _tail(old, new, (low, high, first, last))
            found += [(gap[0], gap[2], head), (high - tail, last - tail, tail)]
            if head + tail and low < high - tail and first < last - tail:
                waiting.append(((low, high - tail, first, last - tail), level + 1))
            continue
        at, there = gap[0], gap[2]
        for was, now in anchors:
            waiting.append(((at, was, there, now), level + 1))
            found.append((was, now, 1))
            at, there = was + 1, now + 1
        waiting.append(((at, gap[1], there, gap[3]), level + 1))
    return _joined(sorted(block for block in found if block[2]))


Gap = tuple[int, int, int, int]


def _head(old: Sequence[str], new: Sequence[str], gap: Gap) -> int:
    """How many items at the start of a gap are the same."""
    low, high, first, last = gap
    count = 0
    most = min(high - low, last - first)
    while count < most and old[low + count] == new[first + count]:
        count += 1
    return count


def _tail(old: Sequence[str], new: Sequence[str], gap: Gap) -> int:
    low, high, first, last = gap
    count = 0
    most = min(high - low, last - first)
    while count < most and old[high - 1 - count] == new[last - 1 - count]:
        count += 1
    return count


def _anchors(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[tuple[int, int]]:
    """Items that stand once on both sides of a gap: the longest row of them in the same order."""
    low, high, first, last = gap
    if low >= high or first >= last:
        return []
    here, there = _once(old, low, high), _once(new, first, last)
    pairs = sorted((at, there[item]) for item, at in here.items() if item in there)
    return _rising(pairs)


def _once(items: Sequence[str], low: int, high: int) -> dict[str, int]:
    """Where each item stands that is there once."""
    found: dict[str, int] = {}
    again = set()
    for at in range(low, high):
        if items[at] in found:
            again.add(items[at])
        found[items[at]] = at
    return {item: at for item, at in found.items() if item not in again and item.strip()}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs whose second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        at = bisect_left(ends, there)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(there)
            last.append(index)
        else:
            ends[at], last[at] = there, index
    found = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _joined(found: list[Block]) -> list[Block]:
    """Neighbouring blocks as one."""
    joined: list[Block] = []
    for at, there, count in found:
        if (
            joined
            and joined[-1][0] + joined[-1][2] == at
            and joined[-1][1] + joined[-1][2] == there
        ):
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + count)
        else:
            joined.append((at, there, count))
    return joined
