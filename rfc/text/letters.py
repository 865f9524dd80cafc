"""A text reduced to its letters and digits, each with the place it came from.

Markdown and the HTML drawn from it have the same letters: what a person selects on the page is
found in the source, and a passage of the source on the page, whatever marks stand between.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from rfc.text.cleaning import READ_TAGS

_WORD = re.compile(r"[^\W_]+")
# What a reader does not see as letters: comments, addresses, tags, entities, marks of lists.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|(?<=\])\[[^\]\n]*\]"
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*$"
    r"|\[\^[^\]\s]+\]"
    r"|&(?:\#\d+|\#[xX][0-9A-Fa-f]+|[A-Za-z]\w*);"
    r"|^ {0,3}(?:`{3,}|~{3,})[^\n]*$"
    r"|^[ \t>]*\d{1,9}[.)](?=\s)"
    r"|^[ \t>]*[-*+] \[[ xX]\](?=\s)",
    re.DOTALL | re.MULTILINE,
)
_NAMES = "|".join(sorted(READ_TAGS, key=len, reverse=True))
_TAG = re.compile(rf"</?(?:{_NAMES})(?=[\s/>])[^<>]{{0,1000}}>", re.IGNORECASE)
# Code within a line: longer code is rarely quoted, and one stray mark would turn it inside out.
_CODE = re.compile(r"(?<![`\\])`([^`\n]+)`(?!`)")
_DRAWN = re.compile(
    r"<sup id=\"[^\"]*fnref[^>]*>.*?</sup>|<[^>]*>|&(?:\#\w+|[A-Za-z]\w*);", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Letters:
    """`text` holds letters and digits only; `runs` says where each stretch of them began."""

    text: str
    starts: list[int]
    sources: list[int]

    def source(self, at: int) -> int:
        """Where the letter of that index stands in the text."""
        run = bisect_left(self.starts, at + 1) - 1
        return self.sources[run] + at - self.starts[run]

    def index(self, offset: int) -> int:
        """The index of the first letter at or after an offset of the text."""
        run = bisect_left(self.sources, offset + 1) - 1
        if run < 0:
            return 0
        end = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        return min(self.starts[run] + offset - self.sources[run], end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From letter indexes to offsets of the text."""
        return self.source(start), self.source(end - 1) + 1


def of_markdown(text: str) -> Letters:
    """The letters of a Markdown text as its readers see them."""
    hidden = [found.span() for found in _MARKUP.finditer(text)]
    hidden += [found.span() for found in _TAG.finditer(text)]
    return _letters(text, _outside(sorted(hidden), [m.span(1) for m in _CODE.finditer(text)]))


def _outside(hidden: list[tuple[int, int]], code: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is hidden, without what begins in code: there a tag is a word like any other."""
    starts = [begin for begin, _ in code]
    return [
        each
        for each in hidden
        if not (at := bisect_left(starts, each[0] + 1)) or code[at - 1][1] <= each[0]
    ]


def of_html(html: str) -> Letters:
    """The letters of stored HTML."""
    return _letters(html, [found.span() for found in _DRAWN.finditer(html)])


def of_plain(text: str) -> str:
    """The letters of words as a person selected them."""
    return "".join(_WORD.findall(text))


def _letters(text: str, hidden: list[tuple[int, int]]) -> Letters:
    parts: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = 0
    position = 0
    for begin, end in [*hidden, (len(text), len(text))]:
        if begin > position:
            for found in _WORD.finditer(text, position, begin):
                parts.append(found[0])
                starts.append(length)
                sources.append(found.start())
                length += len(found[0])
        position = max(position, end)
    return Letters("".join(parts), starts, sources)


def occurrences(needle: str, within: str, most: int = 500) -> list[int]:
    """Where the letters stand, in order."""
    found: list[int] = []
    at = within.find(needle) if needle else -1
    while at >= 0 and len(found) < most:
        found.append(at)
        at = within.find(needle, at + 1)
    return found
