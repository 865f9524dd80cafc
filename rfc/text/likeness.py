"""How alike two passages read, and the stretch of a text that reads most like a passage."""

from collections import Counter
from difflib import SequenceMatcher
from typing import Any, Protocol

from rfc.text.alignment import tokens

WORDS_MOST = 400
COMMON = 60


class Searched(Protocol):
    """A text that is searched: its tokens with their places, and the places of each token."""

    body: str
    tokens: list[tuple[str, int]]

    @property
    def where(self) -> dict[str, list[int]]:
        """Indexes of each token, by its word in lower case."""


def ratio(one: str, other: str) -> float:
    """How alike two passages read: the share of their letters in words they have in common.

    Where less than half of the first is left, what is left is no likeness of it.
    """
    left = words_of(one)[:WORDS_MOST]
    right = words_of(other)[: 2 * WORDS_MOST]
    was, total = sum(map(len, left)), sum(map(len, left)) + sum(map(len, right))
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    shared = sum(len(w) for b in blocks for w in left[b.a : b.a + b.size])
    return 2 * shared / total if was and 2 * shared >= was else 0.0


def words_of(text: str) -> list[str]:
    return [word.lower() for word, _ in tokens(text) if word[0].isalnum()]


def search(
    text: Searched, source: str, bounds: tuple[int, int] | None, alike: float
) -> tuple[int, int] | None:
    """The stretch that reads most like a passage. Its rarer words vote for where it begins."""
    words = [word.lower() for word, _ in tokens(source)][:WORDS_MOST]
    if len(words) < 4 or (bounds is None and len(words) < 6):
        return None
    votes: Counter[int] = Counter()
    width = max(len(words) // 3, 3)
    for offset, word in enumerate(words):
        places = text.where.get(word, ())
        if 0 < len(places) <= COMMON:
            votes.update({(at - offset) // width for at in places})
    found = [_fitted(text, words, slot * width, bounds) for slot, _ in votes.most_common(6)]
    score, start, end = max((f for f in found if f), default=(0.0, 0, 0))
    return (start, end) if score >= alike else None


def _fitted(
    text: Searched, words: list[str], begin: int, bounds: tuple[int, int] | None
) -> tuple[float, int, int] | None:
    """Fit a passage to the text near a token: likeness, and where it starts and ends."""
    low = max(begin - len(words) // 2 - 4, 0)
    window = text.tokens[low : begin + len(words) * 2 + 8]
    matcher = SequenceMatcher(None, words, [w.lower() for w, _ in window], autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if not blocks:
        return None
    blocks = _dense(blocks, len(words))
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    start, end = window[first][1], window[last - 1][1] + len(window[last - 1][0])
    if bounds is not None and not bounds[0] <= start < bounds[1]:
        return None
    # As much as the passage had at its ends counts as well: half of it is no likeness.
    whole = slice(max(first - blocks[0].a, 0), last + len(words) - blocks[-1].a - blocks[-1].size)
    there = " ".join(word for word, _ in window[whole])
    return ratio(" ".join(words), there), start, end


def _dense(blocks: list[Any], length: int) -> list[Any]:
    """Without stray single words far from the rest."""
    kept = [b for b in blocks if b.size > 1] or blocks
    first, last = kept[0].b, kept[-1].b + kept[-1].size
    near = max(length // 4, 3)
    return [b for b in blocks if first - near <= b.b and b.b + b.size <= last + near]
