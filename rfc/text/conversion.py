"""Markdown to safe HTML in one process, without limits of time. `rendering` sets those.

Imports no Django, so that the limited child starts quickly.
"""

import re
import string
from dataclasses import dataclass
from html import unescape
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from rfc.text import names, references
from rfc.text.cleaning import INLINE_TAG, Links, cleaned, escaped, named_anchors
from rfc.text.dialect import ANCHOR_FOUND, Stash, adapted
from rfc.text.headings import Heading

HIGHLIGHTED_MOST = 40_000
EXTENSIONS = (
    "tables",
    "sane_lists",
    "pymdownx.betterem",
    "pymdownx.tilde",
    "pymdownx.tasklist",
    "pymdownx.magiclink",
    "pymdownx.saneheaders",
)
EXTENSION_SETTINGS = {"pymdownx.tilde": {"subscript": False}}
_TAG = re.compile(r"</?span[^<>]*>")
_WORD = re.compile(r"[A-Za-z0-9_+#.-]+")
# What the reader sets a character behind a backslash aside as, where it forgot to put it back.
_LEFT = re.compile("\x02(\\d{1,3})\x03")
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Converted:
    """Safe HTML in which addresses that need a decision are placeholders; see cleaning.Links."""

    html: str
    toc: list[tuple[int, str, str]]
    targets: list[str]
    images: list[str]


def convert(markdown: str, *, prefix: str, nonce: str) -> Converted:
    """`prefix` is put before every id; `nonce` marks placeholders no document can forge."""
    reader = Markdown(
        extensions=[*EXTENSIONS, FootnoteExtension(UNIQUE_IDS=False), _Dialect()],
        extension_configs=EXTENSION_SETTINGS,
        output_format="html",
    )
    html = _LEFT.sub(_character, reader.convert(_front_matter_shown(markdown)))
    anchored = cast("_Dialect", reader.dialect).anchored  # type: ignore[attr-defined]
    shift = 2 - min((heading.level for heading in anchored), default=2)
    links = Links(prefix=prefix, nonce=nonce)
    toc = [(min(h.level + shift, 6), prefix + h.slug, h.text) for h in anchored]
    return Converted(cleaned(html, links), toc, links.targets, links.images)


def _character(left: re.Match[str]) -> str:
    return escaped(chr(int(left[1])))


def _front_matter_shown(markdown: str) -> str:
    """YAML at the head is shown as code: it belongs to the text and says something."""
    found = _FRONT_MATTER.match(markdown.removeprefix("\ufeff"))
    if not found or ":" not in found[1]:
        return markdown.removeprefix("\ufeff")
    rest = markdown.removeprefix("\ufeff")[found.end() :]
    return f"~~~~~~yaml\n{found[1]}~~~~~~\n{rest}"


class _Dialect(Extension):
    """Puts our reading of blocks in front and our anchors and tags behind."""

    def __init__(self) -> None:
        super().__init__()
        self.anchored: list[Heading] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 Python-Markdown's name
        md.dialect = self  # type: ignore[attr-defined]
        # A backslash takes the meaning of every mark, as people know it from elsewhere.
        md.ESCAPED_CHARS = list(string.punctuation)
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("setextheader")
        md.preprocessors.register(_Blocks(md), "gateline_blocks", 28)
        md.inlinePatterns.register(_Tags(INLINE_TAG.pattern, md), "html", 90)
        references.install(md)
        names.install(md)
        md.treeprocessors.register(_Anchors(md), "gateline_anchors", 5)


class _Blocks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        stash = Stash(
            code=lambda text, info: self.md.htmlStash.store(code(text, info)),
            html=lambda text: self.md.htmlStash.store(named_anchors(text)),
        )
        adapted_lines = adapted("\n".join(lines), stash)
        self.md.dialect.anchored = stash.anchored  # type: ignore[attr-defined]
        return adapted_lines


class _Tags(InlineProcessor):
    """Inline tags we know; any other angle bracket stays the text it is."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        del data
        return self.md.htmlStash.store(named_anchors(m.group(0))), m.start(0), m.end(0)


class _Anchors(Treeprocessor):
    """Gives headings their ids and the levels a page has room for below its own title."""

    def run(self, root: Element) -> None:
        anchored = self.md.dialect.anchored  # type: ignore[attr-defined]
        shift = 2 - min((heading.level for heading in anchored), default=2)
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                element.tag = f"h{max(2, min(int(element.tag[1]) + shift, 6))}"
                if (at := _taken_mark(element)) is not None:
                    element.set("id", anchored[at].slug)


def _taken_mark(element: Element) -> int | None:
    for part in element.iter():
        for name in ("text", "tail"):
            value = getattr(part, name) or ""
            if found := ANCHOR_FOUND.search(value):
                setattr(part, name, ANCHOR_FOUND.sub("", value))
                return int(found[1])
    return None


def code(text: str, info: str) -> str:
    """A block of code with classes for its colours. A Mermaid block stays readable source."""
    word = _WORD.match(info.strip("{. "))
    language = word[0].split(",")[0].lower() if word else ""
    lexer = _lexer(language) if len(text) <= HIGHLIGHTED_MOST else None
    body = _coloured(text, lexer) if lexer else escaped(text)
    label = f' title="{escaped(language)}"' if language and language != "text" else ""
    return f'<pre class="code" tabindex="0"{label}><code>{body.rstrip()}\n</code></pre>'


def _coloured(text: str, lexer: Lexer) -> str:
    """The code with its colours. A lexer that loses or changes a character is not believed."""
    html: str = highlight(text + "\n", lexer, HtmlFormatter(nowrap=True))  # type: ignore[no-untyped-call]
    shown = unescape(_TAG.sub("", html))
    return html if shown.rstrip() == text.rstrip() else escaped(text)


def _lexer(language: str) -> Lexer | None:
    if not language or language in {"text", "mermaid", "ignore"}:
        return None
    try:
        return cast("Lexer", get_lexer_by_name(language, stripnl=False))  # type: ignore[no-untyped-call]
    except ClassNotFound:
        return None
