"""Turns Markdown into HTML that is safe to show, once per revision. Settings and limits.

What it costs is bounded here; how Markdown is read lives in `conversion`, what may stay in
`cleaning`, the limited process in `child`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

RENDERER_VERSION = "1"

LinkResolver = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the contents list. `level` is the level on the page, 2 to 6."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, the contents list, the renderer's version; `notice` is empty when all went well."""

    html: str
    toc: list[TocEntry] = field(default_factory=list)
    version: str = RENDERER_VERSION
    notice: str = ""

    def toc_data(self) -> list[dict[str, str | int]]:
        """The contents list as JSON holds it."""
        return [{"level": e.level, "id": e.id, "text": e.text} for e in self.toc]


def is_large(markdown: str) -> bool:
    """Too large to be rendered while somebody waits: render it in a due row or a Job."""
    return len(markdown.encode()) > 30_000
