"""An Atlassian document as HTML, everything escaped."""

from html import escape
from typing import Any

TAGS = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "table": "table",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "th",
}
MARKS = {"strong": "strong", "em": "em", "strike": "s", "code": "code"}


def html(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    kind = node.get("type")
    if kind == "text":
        return _text(node)
    inner = "".join(html(child) for child in node.get("content") or [])
    if kind in TAGS:
        return f"<{TAGS[kind]}>{inner}</{TAGS[kind]}>"
    return _special(str(kind), node, inner)


def _special(kind: str, node: dict[str, Any], inner: str) -> str:
    attrs = node.get("attrs") or {}
    if kind == "heading":
        level = min(int(attrs.get("level", 2)) + 2, 6)
        return f"<h{level}>{inner}</h{level}>"
    if kind == "taskItem":
        done = attrs.get("state") == "DONE"
        box = f'<input type="checkbox" disabled{" checked" if done else ""}>'
        return f"<li><label>{box} <span>{inner}</span></label></li>"
    known = {
        "codeBlock": f"<pre><code>{inner}</code></pre>",
        "rule": "<hr>",
        "hardBreak": "<br>",
        "taskList": f'<ul class="tasks">{inner}</ul>',
    }
    return known.get(kind, inner)


def _text(node: dict[str, Any]) -> str:
    shown = escape(str(node.get("text", "")))
    for mark in node.get("marks") or []:
        kind = mark.get("type")
        if kind in MARKS:
            shown = f"<{MARKS[kind]}>{shown}</{MARKS[kind]}>"
        elif kind == "link":
            href = str((mark.get("attrs") or {}).get("href", ""))
            if href.startswith(("http://", "https://", "mailto:")):
                shown = f'<a href="{escape(href)}">{shown}</a>'
    return shown
