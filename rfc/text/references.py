"""Reference links the way GitHub reads them: [`code`] may be one, and [a] [b] are two."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    REFERENCE_RE,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import INLINE_PLACEHOLDER_RE

Match = tuple[Element | None, int | None, int | None]


class _Spelled(ReferenceInlineProcessor):
    """Looks references up by what was written, code included."""

    RE_LINK = re.compile(r"\[([^\]]*)\]")

    def evalId(  # noqa: N802 Python-Markdown's name
        self, data: str, index: int, text: str
    ) -> tuple[str | None, int, bool]:
        name, end, handled = super().evalId(data, index, text)
        return (self._written(name) if name else name), end, handled

    def handleMatch(  # type: ignore[override]  # noqa: N802 Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> Match:
        element, start, end = super().handleMatch(m, data)
        return (element, start, end) if isinstance(element, Element) else (None, None, None)

    def _written(self, name: str) -> str:
        """The reference with the code spans that were set aside put back."""
        nodes = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]

        def spelled(match: re.Match[str]) -> str:
            node = nodes.get(match[1])
            if isinstance(node, Element):
                text = unescape("".join(node.itertext()))
                return f"`{text}`" if node.tag == "code" else text
            return str(node or "")

        return INLINE_PLACEHOLDER_RE.sub(spelled, name).lower()


class _ShortSpelled(_Spelled, ShortReferenceInlineProcessor):
    """The same for a reference that is its own name: [name]."""


class _First(dict[str, tuple[str, str]]):
    """Of two definitions of one name the first holds."""

    def __setitem__(self, name: str, value: tuple[str, str]) -> None:
        self.setdefault(name, value)


def install(md: Markdown) -> None:
    """Puts these in the place of Python-Markdown's own."""
    md.references = _First()
    md.inlinePatterns.register(_Spelled(REFERENCE_RE, md), "reference", 170)
    md.inlinePatterns.register(_ShortSpelled(REFERENCE_RE, md), "short_reference", 130)
