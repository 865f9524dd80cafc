"""Keys and names in running text: RFC-7, INI-12, @petra.manager become links where they lead.

Code, links and addresses keep their words. What a name leads to is settled by `rendering`.
Imports no Django.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

# Stands before a name in an address that is to be settled; no page of ours begins like this.
NAMED = "gl-name/"
_PATTERN = (
    r"(?<![\w/#@.-])(@(?:team/|role/)?[A-Za-z0-9](?:[\w.-]{0,78}[A-Za-z0-9_])?"
    r"|(?:INI|RFC|KPI|DEC)-[1-9][0-9]{0,8})(?![\w/@-])"
)


class _Names(InlineProcessor):
    """One name, where it is not inside a link already."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        link = Element("a", {"href": NAMED + m[1]})
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


def install(md: Markdown) -> None:
    """After everything that has a meaning of its own in Markdown."""
    md.inlinePatterns.register(_Names(_PATTERN, md), "gateline_names", 15)
