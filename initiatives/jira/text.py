"""Markdown to Atlassian documents: two functions, `from_markdown` and `describe`.

The conversion is marklassian's; what leaves here is ours: a closed set of nodes, equal input gives
equal output, links are http, https and mailto only, and what cannot be said becomes plain text.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import NAMESPACE_URL, UUID, uuid5

from marklassian import markdown_to_adf

from initiatives.jira import adf
from initiatives.jira.adf import Node

log = logging.getLogger(__name__)

LIMIT = 32_767
# Jira counts its own stored form, which is longer than the words: a tenth stays free.
RESERVE = 0.9
SOURCE_LIMIT = 200_000
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CRITERIA_HEADING = "Acceptance criteria"


@dataclass(frozen=True)
class Criterion:
    """One acceptance criterion: a line of text, met or not."""

    text: str
    met: bool = False


def from_markdown(source: str, *, local_id: str) -> Node:
    """The document for a Markdown text. `local_id` names whose text it is, for stable ids."""
    source = clean(source)[:SOURCE_LIMIT]
    try:
        foreign = cast(list[Node], markdown_to_adf(source)["content"])
        document = adf.doc(_Normal(local_id).blocks(foreign, adf.BLOCKS))
        wrong = next(adf.problems(document), "")
    except Exception as error:  # noqa: BLE001 - any failure of a converter ends in plain text
        wrong = type(error).__name__
    if wrong:
        log.warning("a text became plain paragraphs: %s", wrong)
        return adf.plain(source)
    return document


def describe(
    source: str,
    *,
    local_id: str,
    link: str = "",
    link_label: str = "Open in Gateline",
    criteria: Sequence[Criterion] = (),
    limit: int = LIMIT,
) -> Node:
    """A description: link back, text, criteria as a task list under a heading; cut to `limit`.

    When something had to be cut, the link and criteria stay and a note says where the rest is.
    """
    head = [adf.paragraph(adf.link(link_label, link))] if adf.safe_link(link) else []
    tail = criteria_section(criteria, local_id=local_id)
    room = int(limit * RESERVE) - sum(map(adf.size, [*head, *tail]))
    body = from_markdown(source, local_id=local_id)["content"]
    kept = _fitting(body, room - 200)
    note = [] if len(kept) == len(body) and kept == body else [_note(link)]
    return _shrunk(adf.doc([*head, *kept, *note, *tail]), limit)


def criteria_section(criteria: Sequence[Criterion], *, local_id: str) -> list[Node]:
    """Heading and task list, or nothing without criteria."""
    listed = criteria_list(criteria, local_id=local_id)
    return [adf.heading(2, adf.text(CRITERIA_HEADING)), listed] if listed else []


def criteria_list(criteria: Sequence[Criterion], *, local_id: str) -> Node | None:
    normal = _Normal(f"{local_id}/criteria")
    items = [
        normal.named("taskItem", _one_line(each.text), state="DONE" if each.met else "TODO")
        for each in criteria
        if clean(each.text).strip()
    ]
    return normal.named("taskList", items) if items else None


def clean(text: str) -> str:
    """Text without control characters and halves of characters, which no JSON parser likes."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int) -> str:
    """A summary: one line, at most `limit` characters, an ellipsis when cut."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _one_line(text: str) -> list[Node]:
    return [adf.text(one_line(text, 2000))]


def _note(link: str) -> Node:
    said = "This text was cut; it is longer than Jira can hold. "
    more = [adf.link("The full text is in Gateline.", link)] if adf.safe_link(link) else []
    return adf.paragraph(adf.text(said, [{"type": "em"}]), *more)


def _fitting(body: list[Node], room: int) -> list[Node]:
    """Whole blocks while they fit; the first that does not is cut as plain text."""
    kept: list[Node] = []
    for block in body:
        size = adf.size(block)
        if size > room:
            words = adf.words([block])[: max(0, room - 100)].rstrip()
            return [*kept, *(adf.plain(f"{words}…")["content"] if words else [])]
        kept.append(block)
        room -= size
    return kept


def _shrunk(document: Node, limit: int) -> Node:
    """The last resort when even head and criteria are too long: their words, cut."""
    if adf.size(document) <= limit:
        return document
    return adf.plain(f"{adf.words(document['content'])[: int(limit * 0.5)]}…")


class _Normal:
    """Rebuilds foreign nodes inside the closed set. Counts, so that each id is stable."""

    def __init__(self, local_id: str) -> None:
        self.space: UUID = uuid5(NAMESPACE_URL, f"gateline:{local_id}")
        self.count = 0

    def named(self, kind: str, content: list[Node], **attrs: str) -> Node:
        self.count += 1
        own = str(uuid5(self.space, str(self.count)))
        return {"type": kind, "attrs": {"localId": own, **attrs}, "content": content}

    def blocks(self, nodes: Iterable[Node], allowed: frozenset[str]) -> list[Node]:
        return [made for node in nodes for made in self._block(node, allowed)]

    def _block(self, node: Node, allowed: frozenset[str]) -> Iterator[Node]:
        kind, content = node["type"], node.get("content", [])
        if kind in {"bulletList", "orderedList"}:
            yield from self._list(node)
        elif kind == "taskList":
            yield from self._tasks(node, allowed)
        elif kind == "table" and kind in allowed:
            yield from self._table(content)
        elif kind == "blockquote" and kind in allowed:
            inner = self.blocks(content, adf.IN_QUOTE)
            if inner:
                yield {"type": kind, "content": inner}
        elif (
            kind in {"blockquote", "panel", "expand", "table", "tableRow", "tableCell"}
            or kind == "tableHeader"
        ):
            yield from self.blocks(content, allowed)
        else:
            yield from self._leaf(node, allowed)

    def _leaf(self, node: Node, allowed: frozenset[str]) -> Iterator[Node]:
        kind = node["type"]
        if kind == "codeBlock":
            yield _code(node)
        elif kind == "rule":
            if kind in allowed:
                yield {"type": kind}
        elif kind in {"mediaSingle", "mediaGroup"}:
            yield from (_picture(each) for each in node.get("content", []))
        elif inline := _trimmed(_inline(node.get("content", []))):
            if kind == "heading" and kind in allowed:
                yield adf.heading(_level(node), *inline)
            else:
                yield adf.paragraph(*inline)

    def _list(self, node: Node) -> Iterator[Node]:
        items = [
            {"type": "listItem", "content": inner}
            for item in node.get("content", [])
            if (inner := self.blocks(item.get("content", []), adf.IN_ITEM))
        ]
        if not items:
            return
        order = (node.get("attrs") or {}).get("order")
        made: Node = {"type": node["type"], "content": items}
        if node["type"] == "orderedList" and isinstance(order, int) and order >= 0:
            made["attrs"] = {"order": order}
        yield made

    def _tasks(self, node: Node, allowed: frozenset[str]) -> Iterator[Node]:
        items = self._task_items(node)
        if items and "taskList" in allowed:
            yield self.named("taskList", items)
        elif items:
            lines = [adf.words([item]) for item in items]
            yield adf.paragraph(*_joined([adf.text(line)] for line in lines if line))

    def _task_items(self, node: Node) -> list[Node]:
        made: list[Node] = []
        for item in node.get("content", []):
            if item["type"] == "taskList":
                inner = self._task_items(item)
                made += [self.named("taskList", inner)] if inner else []
                continue
            said = item.get("content", [])
            parts = (each.get("content", []) for each in said)
            inline = (
                _joined(map(_inline, parts)) if item["type"] == "blockTaskItem" else _inline(said)
            )
            done = (item.get("attrs") or {}).get("state") == "DONE"
            if trimmed := _trimmed(inline):
                made.append(self.named("taskItem", trimmed, state="DONE" if done else "TODO"))
        return made

    def _table(self, rows: list[Node]) -> Iterator[Node]:
        made = [
            {"type": "tableRow", "content": cells}
            for row in rows
            if (cells := [self._cell(cell) for cell in row.get("content", [])])
        ]
        if made:
            yield {"type": "table", "content": made}

    def _cell(self, cell: Node) -> Node:
        kind = cell["type"] if cell["type"] in {"tableCell", "tableHeader"} else "tableCell"
        inner = self.blocks(cell.get("content", []), adf.IN_CELL)
        return {"type": kind, "content": inner or [adf.paragraph()]}


def _level(node: Node) -> int:
    return min(max(int((node.get("attrs") or {}).get("level", 2)), 1), 6)


def _code(node: Node) -> Node:
    words = adf.words(node.get("content", [])) or ""
    language = (node.get("attrs") or {}).get("language")
    made: Node = {"type": "codeBlock", "content": [adf.text(words)] if words else []}
    if isinstance(language, str) and re.fullmatch(r"[\w+#.-]{1,30}", language):
        made["attrs"] = {"language": language}
    return made


def _picture(media: Node) -> Node:
    """Images become links: media nodes of other places are not sent (J48)."""
    attrs = media.get("attrs") or {}
    url, alt = str(attrs.get("url", "")), clean(str(attrs.get("alt", ""))).strip()
    return adf.paragraph(
        adf.link(alt or url, url) if adf.safe_link(url) else adf.text(alt or "Image")
    )


def _inline(nodes: Iterable[Node]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if node["type"] == "hardBreak":
            made.append({"type": "hardBreak"})
        elif node["type"] == "mention":
            # A mention would write to somebody; the words stay.
            made.append(adf.text(f"@{(node.get('attrs') or {}).get('id', '')}"))
        elif words := clean(str(node.get("text", ""))):
            made.append(adf.text(words, _marks(node.get("marks") or [])))
    return made


def _marks(marks: list[Node]) -> list[Node]:
    kinds = {mark["type"] for mark in marks}
    wanted = adf.CODE_MARKS if "code" in kinds else adf.TEXT_MARKS
    kept: dict[str, Node] = {}
    for mark in marks:
        kind, href = mark["type"], str((mark.get("attrs") or {}).get("href", ""))
        if kind == "link" and adf.safe_link(href):
            kept[kind] = {"type": kind, "attrs": {"href": href}}
        elif kind != "link" and kind in wanted:
            kept[kind] = {"type": kind}
    return list(kept.values())


def _trimmed(inline: list[Node]) -> list[Node]:
    """Without line breaks at the ends; empty when nothing is said."""
    while inline and inline[-1]["type"] == "hardBreak":
        inline = inline[:-1]
    while inline and inline[0]["type"] == "hardBreak":
        inline = inline[1:]
    said = any(node.get("text", "").strip() for node in inline)
    return inline if said else []


def _joined(parts: Iterable[list[Node]]) -> list[Node]:
    made: list[Node] = []
    for part in parts:
        if part:
            made += [*([{"type": "hardBreak"}] if made else []), *part]
    return made
