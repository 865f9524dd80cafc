"""What a document loses on its way to HTML, counted against its source by other means.

The source is reduced to its words by rules of its own, not by the Markdown reader that is judged:
what only a machine reads (comments, tags, addresses and names of links) is left out, and every
other word has to stand in the HTML as often. Links, pictures, tables and footnotes are counted.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise

from rfc.text.headings import lines_of, outside_code
from rfc.text.rendering import render

Resolver = Callable[[str], str | None]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ALT = re.compile(r'\salt="([^"]*)"')
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
# Round brackets nest three deep; a target may go over one end of a line, not over two.
_IN = r"[^()\n]|\n(?!\s*\n)"
_TARGET = re.compile(
    rf"\](?:\((?:{_IN}|\((?:{_IN}|\((?:{_IN}|\((?:{_IN})*\))*\))*\))*\)|\[[^\[\]]*\])"
)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]:?")
_DEFINITION = re.compile(r"^[ \t>*+-]*\[(?!\^)[^\[\]]+\]:\s*\S+[^\n]*$", re.MULTILINE)
_FENCE = re.compile(r"^[\s>*+-]*(?:`{3,}|~{3,}).*$", re.MULTILINE)
_TASK = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+)\[[ xX]\]", re.MULTILINE)
_ORDER = re.compile(r"^[\s>]*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*\d{1,9}[.)](?=\s)", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")
_DELIMITER = re.compile(
    r"^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|^[\s>]*\|\s*:?-+:?\s*\|\s*$"
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]]+)\]:", re.MULTILINE)


@dataclass(slots=True)
class Loss:
    """One document's figures; `lost` are words of the source that the HTML does not hold."""

    words: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    tables: int = 0
    tables_drawn: int = 0
    footnotes: int = 0
    footnotes_drawn: int = 0
    links: int = 0
    unresolved: list[str] = field(default_factory=list)
    pictures: int = 0
    missing_pictures: list[str] = field(default_factory=list)
    notice: str = ""

    @property
    def whole(self) -> bool:
        """Whether every word, table and footnote is there."""
        return not (
            self.lost
            or self.notice
            or self.tables_drawn < self.tables
            or self.footnotes_drawn < self.footnotes
        )


def loss_of(markdown: str, link_resolver: Resolver, image_resolver: Resolver) -> Loss:
    """Render a text and count what is not there."""
    found = Loss()

    def link(target: str) -> str | None:
        found.links += 1
        address = link_resolver(target)
        if address is None:
            found.unresolved.append(target)
        return address

    def picture(source: str) -> str | None:
        address = image_resolver(source)
        if not source.startswith(("http://", "https://")):
            found.pictures += 1
            if address is None:
                found.missing_pictures.append(source)
        return address

    done = render(markdown, link_resolver=link, image_resolver=picture)
    found.notice = done.notice
    said = _words_of_source(markdown)
    found.words = sum(said.values())
    found.lost = said - _words_of_html(done.html)
    prose = "".join(line for _at, line in outside_code(lines_of(markdown)))
    found.tables = _tables(prose)
    found.tables_drawn = done.html.count("<table")
    found.footnotes = len(_used_footnotes(prose))
    found.footnotes_drawn = len(re.findall(r'<li id="[^"]*fn:', done.html))
    return found


def _words_of_source(markdown: str) -> Counter[str]:
    text = _COMMENT.sub(" ", markdown.removeprefix("\ufeff"))
    prose = _FOOTNOTE_MARK.sub(" ", _FENCE.sub(" ", _DEFINITION.sub(" ", text)))
    prose = _ORDER.sub(" ", _TASK.sub(r"\1", prose))
    return _counted(_TAG.sub(" ", _TARGET.sub("]", prose)))


def _words_of_html(html: str) -> Counter[str]:
    alts = " ".join(_ALT.findall(html))
    # Colours cut code where its words do not end; everywhere else a tag ends a word.
    text = _CODE.sub(lambda code: re.sub(r"</?span[^>]*>", "", code[0]), html)
    return _counted(re.sub(r"<[^>]*>", " ", text) + " " + alts)


def _counted(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(_spelled(text)))


def _spelled(text: str) -> str:
    text = unescape(unescape(text))
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def _tables(prose: str) -> int:
    """Tables as GitHub reads them: a head and, below it, as many columns of dashes."""
    pairs = pairwise(prose.split("\n"))
    return sum(
        1
        for head, row in pairs
        if "|" in head and _DELIMITER.match(row) and _columns(head) == _columns(row)
    )


def _columns(line: str) -> int:
    bare = re.sub(r"\\\||`[^`]*`", "x", line.strip().lstrip("> "))
    return len(bare.strip("|").split("|"))


def _used_footnotes(prose: str) -> set[str]:
    defined = set(_FOOTNOTE.findall(prose))
    return {name for name in defined if prose.count(f"[^{name}]") > 1}
