"""Atlassian Document Format as plain data: the closed set of nodes we send, checked and compared.

Lives here: building blocks, the structural check before sending, what makes two documents equal.
Does not live here: Markdown (see `text.py`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

Node = dict[str, Any]

BLOCKS = frozenset(
    {
        "paragraph",
        "heading",
        "bulletList",
        "orderedList",
        "taskList",
        "codeBlock",
        "blockquote",
        "rule",
        "table",
    }
)
# What our blockquotes and list items may hold: the common ground of the full schema.
IN_QUOTE = frozenset({"paragraph", "bulletList", "orderedList", "codeBlock"})
IN_ITEM = frozenset({"paragraph", "bulletList", "orderedList", "codeBlock", "taskList"})
IN_CELL = frozenset(
    {"paragraph", "heading", "bulletList", "orderedList", "taskList", "codeBlock", "rule"}
    | {"blockquote"}
)
CHILDREN: dict[str, frozenset[str]] = {
    "doc": BLOCKS,
    "paragraph": frozenset({"text", "hardBreak"}),
    "heading": frozenset({"text", "hardBreak"}),
    "taskItem": frozenset({"text", "hardBreak"}),
    "codeBlock": frozenset({"text"}),
    "blockquote": IN_QUOTE,
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": IN_ITEM,
    "taskList": frozenset({"taskItem", "taskList"}),
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableCell", "tableHeader"}),
    "tableCell": IN_CELL,
    "tableHeader": IN_CELL,
}
NEVER_EMPTY = frozenset(
    {
        "blockquote",
        "bulletList",
        "orderedList",
        "listItem",
        "taskList",
        "table",
        "tableRow",
        "tableCell",
        "tableHeader",
    }
)
TEXT_MARKS = frozenset({"strong", "em", "strike", "link"})
CODE_MARKS = frozenset({"code", "link"})
SCHEMES = frozenset({"http", "https", "mailto"})


def doc(content: list[Node]) -> Node:
    return {"type": "doc", "version": 1, "content": content}


def text(value: str, marks: list[Node] | None = None) -> Node:
    node: Node = {"type": "text", "text": value}
    if marks:
        node["marks"] = marks
    return node


def paragraph(*inline: Node) -> Node:
    return {"type": "paragraph", "content": list(inline)}


def heading(level: int, *inline: Node) -> Node:
    return {"type": "heading", "attrs": {"level": level}, "content": list(inline)}


def link(label: str, url: str) -> Node:
    return text(label, [{"type": "link", "attrs": {"href": url}}])


def plain(value: str) -> Node:
    """Any text as plain paragraphs: nothing in it can be wrong for Jira."""
    parts = [part.strip() for part in value.replace("\r\n", "\n").split("\n\n")]
    return doc([paragraph(*_lines(part)) for part in parts if part])


def _lines(part: str) -> Iterator[Node]:
    for number, line in enumerate(part.split("\n")):
        if number:
            yield {"type": "hardBreak"}
        if line:
            yield text(line)


def safe_link(url: str) -> bool:
    """http, https and mailto only; a hidden control character or space makes it no link."""
    if not url or any(ord(char) <= 32 or ord(char) == 127 for char in url):
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what validates it
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and bool(parts.netloc or parts.scheme == "mailto")


def problems(node: Any, where: str = "doc") -> Iterator[str]:
    """What Jira would refuse in a document, as sentences for a log or a test; empty when good."""
    if not isinstance(node, dict) or node.get("type") != "doc" or node.get("version") != 1:
        yield f"{where} is not an Atlassian document"
        return
    yield from _inside(node, where)


def _inside(node: Node, where: str) -> Iterator[str]:
    kind = node["type"]
    content = node.get("content", [])
    if not isinstance(content, list):
        yield f"{where} has no list as content"
        return
    if kind in NEVER_EMPTY and not content:
        yield f"{where} is empty"
    for number, child in enumerate(content):
        yield from _child(kind, child, f"{where}/{number}")


def _child(parent: str, child: Any, where: str) -> Iterator[str]:
    kind = child.get("type") if isinstance(child, dict) else None
    if kind not in CHILDREN[parent]:
        yield f"{where}: {kind} inside {parent}"
        return
    if kind == "text":
        yield from _text_problems(parent, child, where)
    elif kind in {"taskList", "taskItem"} and not child.get("attrs", {}).get("localId"):
        yield f"{where} has no localId"
    if kind in CHILDREN:
        yield from _inside(child, where)


def _text_problems(parent: str, node: Node, where: str) -> Iterator[str]:
    if not isinstance(node.get("text"), str) or not node["text"]:
        yield f"{where} is an empty text"
    marks = [mark.get("type") for mark in node.get("marks", [])]
    wanted = CODE_MARKS if "code" in marks else TEXT_MARKS
    if parent == "codeBlock" and marks:
        yield f"{where} has marks inside code"
    if len(set(marks)) != len(marks) or not set(marks) <= wanted:
        yield f"{where} has marks {marks}"
    for mark in node.get("marks", []):
        if mark.get("type") == "link" and not safe_link(mark.get("attrs", {}).get("href", "")):
            yield f"{where} has a link that is not http, https or mailto"


def canonical(value: Any) -> Any:
    """A document as it is compared: without local ids, empty attrs and empty content."""
    if isinstance(value, list):
        return [canonical(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: canonical(each) for key, each in value.items() if key != "localId"}
    for name in ("attrs", "marks", "content"):
        if name in kept and not kept[name]:
            del kept[name]
    return kept


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical form; equal for documents that say the same."""
    packed = json.dumps(canonical(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()


def size(node: Node) -> int:
    """The characters Jira counts: the text, and one for each line or block."""
    own = len(node.get("text", "")) if node.get("type") == "text" else 1
    return own + sum(size(child) for child in node.get("content", []))


def words(nodes: Iterable[Node]) -> str:
    """The bare text of nodes, blocks on lines of their own."""
    return "".join(_words(node) for node in nodes).strip()


def _words(node: Node) -> str:
    kind = node.get("type")
    if kind == "text":
        return str(node.get("text", ""))
    if kind == "hardBreak":
        return "\n"
    inner = "".join(_words(child) for child in node.get("content", []))
    return f"{inner}\n" if kind in {"paragraph", "heading", "codeBlock", "taskItem"} else inner
