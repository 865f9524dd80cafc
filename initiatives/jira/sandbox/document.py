"""Is this an Atlassian document? The sandbox's own judgement, written from the published schema."""

from typing import Any

INLINE = {"text", "hardBreak", "mention", "emoji", "inlineCard", "date", "status"}
BLOCK = {
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "taskList",
    "decisionList",
    "codeBlock",
    "blockquote",
    "rule",
    "panel",
    "table",
    "expand",
    "mediaSingle",
    "mediaGroup",
}
ITEM = {"paragraph", "bulletList", "orderedList", "taskList", "codeBlock", "mediaSingle"}
CELL = BLOCK - {"expand", "table"}
HOLDS: dict[str, set[str]] = {
    "doc": BLOCK,
    "paragraph": INLINE,
    "heading": INLINE,
    "codeBlock": {"text"},
    "blockquote": {"paragraph", "bulletList", "orderedList", "codeBlock", "mediaSingle"},
    "bulletList": {"listItem"},
    "orderedList": {"listItem"},
    "listItem": ITEM,
    "taskList": {"taskItem", "taskList"},
    "taskItem": INLINE,
    "panel": BLOCK - {"table", "expand", "panel", "blockquote"},
    "table": {"tableRow"},
    "tableRow": {"tableCell", "tableHeader"},
    "tableCell": CELL,
    "tableHeader": CELL,
}
FILLED = {"blockquote", "bulletList", "orderedList", "listItem", "taskList", "table", "tableRow"}
FILLED |= {"tableCell", "tableHeader", "panel"}
MARKS = {"strong", "em", "strike", "link", "code", "underline", "subsup", "textColor"}
CODE_MARKS = {"code", "link"}
ATTRS = {"heading": {"level"}, "taskItem": {"localId", "state"}, "taskList": {"localId"}}
LEAVES = INLINE | {"rule"}


def is_document(value: Any) -> bool:
    """True for a document Jira would take."""
    if not isinstance(value, dict) or set(value) - {"type", "version", "content"}:
        return False
    return value.get("type") == "doc" and value.get("version") == 1 and _good(value)


def _good(node: dict[str, Any]) -> bool:
    kind, content = node.get("type"), node.get("content", [])
    if not isinstance(content, list) or (kind in FILLED and not content):
        return False
    if ATTRS.get(str(kind), set()) - set(node.get("attrs") or {}):
        return False
    return all(_fits(child, HOLDS.get(str(kind), set())) for child in content)


def _fits(node: Any, allowed: set[str]) -> bool:
    if not isinstance(node, dict) or node.get("type") not in allowed:
        return False
    if node["type"] == "text":
        return _good_text(node)
    return node["type"] in LEAVES or _good(node)


def _good_text(node: dict[str, Any]) -> bool:
    marks = [mark.get("type") for mark in node.get("marks") or []]
    wanted = CODE_MARKS if "code" in marks else MARKS
    return isinstance(node.get("text"), str) and node["text"] != "" and set(marks) <= wanted


def as_text(value: Any) -> str:
    """The bare words of a document, for the counting of characters."""
    if not isinstance(value, dict):
        return ""
    inner = "".join(as_text(child) for child in value.get("content") or [])
    return str(value.get("text", "")) + inner
