"""Turns Markdown into HTML that is safe to show, once per revision; bounds what that costs.

How Markdown is read lives in `conversion`, what may stay in `cleaning`, the limited process
in `child`.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from config.web.child import answer_of
from rfc.text.cleaning import escaped, settled
from rfc.text.conversion import Converted, convert
from rfc.text.names import NAMED

RENDERER_VERSION = "2"
PREFIX = "doc-"

LinkResolver = Callable[[str], str | None]

MOST_BRACKETS = 300


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the contents list. `level` is the level on the page, 2 to 6."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, the contents list, the renderer's version; `notice` is empty when all went well.

    With a notice the html is the plain text, and the page should show the notice above it.
    """

    html: str
    toc: list[TocEntry] = field(default_factory=list)
    version: str = RENDERER_VERSION
    notice: str = ""

    def toc_data(self) -> list[dict[str, str | int]]:
        """The contents list as JSON holds it."""
        return [{"level": e.level, "id": e.id, "text": e.text} for e in self.toc]


def is_large(markdown: str) -> bool:
    """Too costly while somebody waits: render it in a due row or a Job, show "soon" till then."""
    if len(markdown) > _setting("RFC_RENDER_INLINE_CHARS", 30_000):
        return True
    # What the reader does with brackets grows with their square, within one block.
    return any(block.count("[") > MOST_BRACKETS for block in markdown.split("\n\n"))


def render(
    markdown: str,
    *,
    link_resolver: LinkResolver | None = None,
    image_resolver: LinkResolver | None = None,
    name_resolver: LinkResolver | None = None,
    prefix: str = PREFIX,
) -> Rendered:
    """Safe HTML of a Markdown text. Never raises, never takes longer than the child's limit.

    `link_resolver` gets each address that is neither external nor an anchor and returns the
    address to use, or None where it leads nowhere (the words stay, without a link); without a
    resolver an address of ours ("/rfcs/RFC-7") stays and a relative path leads nowhere. `image_resolver` returns the address of
    our own attachment or None; what is not ours becomes a link. `name_resolver` gets each key or
    name ("RFC-7", "@petra.manager"); without it, or where it answers None, the words stay words.
    `prefix` keeps the ids of two rendered
    texts on one page apart.
    """
    if len(markdown) > _setting("RFC_RENDER_MOST_CHARS", 600_000):
        return _plain(markdown)
    nonce = secrets.token_hex(8)
    order = {"markdown": markdown, "prefix": prefix, "nonce": nonce}
    converted = _in_child(order) if is_large(markdown) else _here(order)
    if converted is None:
        return _plain(markdown)
    html = settled(
        converted.html,
        nonce,
        links=[
            (name_resolver or _no_name)(target.removeprefix(NAMED))
            if target.startswith(NAMED)
            else (link_resolver or _own_page)(target)
            for target in converted.targets
        ],
        targets=converted.targets,
        images=[image_resolver(s) if image_resolver else None for s in converted.images],
        sources=converted.images,
    )
    return Rendered(html, [TocEntry(*entry) for entry in converted.toc])


def _no_name(name: str) -> None:
    return None


def _own_page(target: str) -> str | None:
    return target if target.startswith("/") else None


def _here(order: dict[str, str]) -> Converted | None:
    try:
        return convert(**order)
    except (RecursionError, ValueError, IndexError, AttributeError, TypeError):
        # A text that trips the reader is shown as it is; a page never fails over it.
        return None


def _in_child(order: dict[str, str]) -> Converted | None:
    seconds = _setting("RFC_RENDER_CPU_SECONDS", 2)
    megabytes = _setting("RFC_RENDER_MEGABYTES", 512)
    said = answer_of(
        "rfc.text.child", json.dumps(order).encode(), seconds=seconds, megabytes=megabytes
    )
    try:
        data: dict[str, Any] = json.loads(said) if said else {}
    except ValueError:
        return None
    if not data:
        return None
    return Converted(data["html"], [tuple(e) for e in data["toc"]], data["targets"], data["images"])


def _plain(markdown: str) -> Rendered:
    """The text as written, readable and inert."""
    notice = _("This text is too complex to be laid out. It is shown as written; nothing is lost.")
    return Rendered(f'<pre class="plain">{escaped(markdown)}</pre>', notice=notice)


def _setting(name: str, default: int) -> int:
    return int(getattr(settings, name, default))
