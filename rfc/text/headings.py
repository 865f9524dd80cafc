"""Where the headings of a Markdown text are, and what they are called in addresses.

One scanner serves sections and rendering, so that a section's slug is its anchor on the page.
What stands in code fences, comments and preformatted HTML is no heading.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
ATX = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?[ \t]*$")
SETEXT = re.compile(r"^ {0,3}(?P<mark>=+|-+)[ \t]*$")
NOT_SETEXT_TEXT = re.compile(r"^ {0,3}(?:[-*+>|#]|\d{1,9}[.)]|\s*$)|^ {4}|^\t")
RAW_HTML = re.compile(r"^ {0,3}<(pre)(?=[\s>]|$)", re.IGNORECASE)
PREAMBLE = "preamble"

_CLOSING_MARKS = re.compile(r"(?:^|[ \t]+)#+$")
_COMMENT = re.compile(r"<!--.*?-->")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|~~)|(?<![\w\\])_{1,3}(?=\S)|(?<=[^\s\\])_{1,3}(?!\w)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its first line (0-based), how many lines it takes, level, plain text, slug."""

    line: int
    length: int
    level: int
    text: str
    slug: str


def lines_of(markdown: str) -> list[str]:
    """The lines with their ends. Only a line feed ends a line, so joining gives the same text."""
    parts = markdown.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def plain(text: str) -> str:
    """The words of a heading without its Markdown."""
    text = _COMMENT.sub("", text)
    code = re.split(r"(`+)(.+?)\1", text)
    words = "".join(
        code[at] if at % 3 == 2 else _prose(code[at]) for at in range(len(code)) if at % 3 != 1
    )
    return " ".join(words.split())


def _prose(text: str) -> str:
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _EMPHASIS.sub("", _TAG.sub("", text))
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def slugify(text: str) -> str:
    """The anchor the usual Markdown sites give a heading: lower case, spaces become hyphens."""
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", text).lower().strip()
        if char in " -_" or unicodedata.category(char)[0] in "LNM"
    )
    return kept.replace(" ", "-")[:180]


class Slugs:
    """Gives every heading its own slug: the second "Notes" is notes-1."""

    def __init__(self, taken: tuple[str, ...] = ()) -> None:
        self._counts: dict[str, int] = dict.fromkeys(taken, 0)

    def claim(self, text: str) -> str:
        base = slugify(text) or "section"
        slug = base
        while slug in self._counts:
            self._counts[base] = self._counts.get(base, 0) + 1
            slug = f"{base}-{self._counts[base]}"
        self._counts[slug] = 0
        return slug


@dataclass(frozen=True, slots=True)
class Found:
    """A heading before it has a slug."""

    line: int
    length: int
    level: int
    text: str


def outside_code(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines, with their index, that are neither in a fence nor a comment nor raw HTML."""
    closing: re.Pattern[str] | None = None
    for index, line in enumerate(lines):
        if closing is not None:
            if closing.search(line):
                closing = None
            continue
        closing = _opening(line.rstrip("\r\n"))
        if closing is None:
            yield index, line


def _opening(line: str) -> re.Pattern[str] | None:
    """The pattern that ends what this line opens, None where it opens nothing."""
    if (fence := FENCE.match(line)) and not (fence["mark"][0] == "`" and "`" in fence["info"]):
        mark = fence["mark"]
        return re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\r?$", re.MULTILINE)
    if line.lstrip(" ").startswith("<!--") and "-->" not in line:
        return re.compile("-->")
    if (raw := RAW_HTML.match(line)) and f"</{raw[1].lower()}>" not in line.lower():
        return re.compile(rf"</{raw[1]}>", re.IGNORECASE)
    return None


def find(lines: list[str]) -> list[Found]:
    """Every heading, in order."""
    found: list[Found] = []
    before = -2
    block_start = True
    text_line = -2
    for index, raw in outside_code(lines):
        line = raw.rstrip("\r\n")
        block_start = block_start or index != before + 1
        if atx := ATX.match(line):
            text = _CLOSING_MARKS.sub("", atx["text"] or "")
            found.append(Found(index, 1, len(atx["marks"]), plain(text)))
            block_start = True
        elif (under := SETEXT.match(line)) and text_line == index - 1:
            level = 1 if under["mark"][0] == "=" else 2
            found.append(Found(index - 1, 2, level, plain(lines[index - 1])))
            block_start = True
        else:
            text_line = index if block_start and not NOT_SETEXT_TEXT.match(line) else -2
            block_start = not line.strip()
        before = index
    return found


def section_level(found: list[Found]) -> int:
    """2, or 1 where the text uses level 1 for its sections and not only for its title.

    Real documents have one or two stray level-1 headings beside the title; three are a habit.
    """
    ones = sum(1 for heading in found if heading.level == 1)
    if not ones:
        return 2
    has_title = found[0].level == 1 and (len(found) == 1 or found[1].level > 1)
    has_twos = any(heading.level == 2 for heading in found)
    return 2 if has_twos and ones - has_title < 3 else 1


def headings(lines: list[str]) -> list[Heading]:
    """Every heading with its slug. Section headings choose first, so theirs never shift."""
    found = find(lines)
    top = section_level(found)
    slugs = Slugs((PREAMBLE,))
    chosen: dict[int, str] = {}
    for heading in (h for h in found if h.level <= top):
        chosen[heading.line] = slugs.claim(heading.text)
    for heading in (h for h in found if h.level > top):
        chosen[heading.line] = slugs.claim(heading.text)
    return [Heading(h.line, h.length, h.level, h.text, chosen[h.line]) for h in found]
