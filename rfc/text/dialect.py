"""Reads blocks the way GitHub does and hands Python-Markdown what it reads the same way.

Python-Markdown wants four spaces per list level and blank lines around blocks; documents in
the wild have neither. Here fences, indented code and raw HTML are set aside, list levels are
indented anew and blocks get their blank lines. Inline marks are not touched.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from rfc.text.headings import ATX, FENCE, Heading, headings

MOST_NESTED = 12
ANCHOR = "\ue000{}\ue001"
ANCHOR_FOUND = re.compile(r"\s*\ue000(\d+)\ue001")

_MARKER = re.compile(r"^(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)(?P<rest>.*)$")
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]+\]:[ \t]")
_RULE = re.compile(r"^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_TABLE_RULE = re.compile(r"^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PART = re.compile(r"\\.|`+|\||[^\\`|]+|\\")
_QUOTE = re.compile(r"^>[ ]?")
_ALERT = re.compile(r"^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.IGNORECASE)
_BLOCK_TAGS = (
    "address|article|aside|blockquote|center|details|div|dd|dl|dt|figcaption|figure|footer|"
    "h[1-6]|header|hr|li|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|pre"
)
_HTML = re.compile(rf"^</?(?:{_BLOCK_TAGS})(?=[\s/>]|$)", re.IGNORECASE)
_PRE = re.compile(r"^<pre(?=[\s>]|$)", re.IGNORECASE)
_STARTS = (
    ("comment", re.compile("<!--")),
    ("html", _HTML),
    ("quote", re.compile(">")),
    ("rule", _RULE),
    ("atx", ATX),
    ("footnote", _FOOTNOTE),
)
_NOTHING = "<!-- -->"
_SCRUBBED = str.maketrans("", "", "\x00\x02\x03\ue000\ue001")


@dataclass(slots=True)
class Stash:
    """Where set-aside blocks go: each call returns the placeholder to stand in for it."""

    code: Callable[[str, str], str]
    html: Callable[[str], str]
    anchored: list[Heading] = field(default_factory=list)


def adapted(markdown: str, stash: Stash) -> list[str]:
    """The lines for Python-Markdown."""
    text = scrubbed(markdown)
    lines = text.split("\n")
    heads = {heading.line: heading for heading in headings([line + "\n" for line in lines])}
    # Python-Markdown cuts blocks at blank lines and wants one after the last, too.
    return [*_Reader(stash).read(lines, heads), "", ""]


def scrubbed(markdown: str) -> str:
    """Line ends made one kind; characters that our placeholders use taken out."""
    text = markdown.replace("\r\n", "\n").replace("\r", " ")
    return text.translate(_SCRUBBED)


class _Reader:
    """One pass over the lines of one container (the document, or a quote in it)."""

    def __init__(self, stash: Stash, nested: int = 0) -> None:
        self.stash = stash
        self.nested = nested
        self.out: list[str] = []
        self.offsets: list[int] = []  # column at which each open list item's content starts
        self.kinds: list[str] = []  # the kind of list each is of: "-", "1", "" for a footnote
        self.closed = ""  # the kind of the item the last line closed
        self.last = "blank"  # blank, text (a paragraph goes on), or block
        self.loose = False  # a blank line has been seen inside the list being read
        self.fresh = False  # still in the first paragraph of the innermost item
        self.quoted = False  # a quote has just ended; the next one is another
        self.leads: list[str] = []  # markers of fresh items, the next line goes behind them
        self.lines: list[str] = []
        self.at = 0

    def read(self, lines: list[str], heads: dict[int, Heading]) -> list[str]:
        self.lines = lines
        while self.at < len(lines):
            start = self.at
            self.at += 1
            line = lines[start]
            if not line.strip():
                self.blank()
            elif (head := heads.get(start)) is not None:
                self.heading(head)
            else:
                self.line(_untabbed(line))
        return self.out

    # What goes out

    def put(self, text: str, last: str) -> None:
        indent = " " * (4 * (len(self.offsets) - len(self.leads)))
        self.out.append(f"{indent}{''.join(self.leads)}{text}")
        self.leads, self.last, self.quoted = [], last, False

    def blank(self) -> None:
        if self.last != "blank":
            self.out.append("")
        self.last, self.fresh, self.loose = "blank", False, bool(self.offsets)

    def alone(self, text: str) -> None:
        """A block with a blank line before and after it."""
        if not self.leads:
            self.blank()
        self.put(text, "block")
        self.blank()

    # What comes in

    def heading(self, head: Heading) -> None:
        line = self.lines[head.line]
        self.close(_indent(line))
        self.at = head.line + head.length
        raw = line.strip()
        text = (ATX.match(raw) or {"text": raw})["text"] if head.length == 1 else raw
        text = re.sub(r"(?:^|[ \t]+)#+$", "", text or "")
        mark = ANCHOR.format(len(self.stash.anchored))
        self.stash.anchored.append(head)
        self.alone(f"{'#' * head.level} {text}{mark}")

    def line(self, line: str) -> None:
        indent = _indent(line)
        text = line.strip(" ")
        starts = self.starts_block(text)
        lazy = self.last == "text" and not starts
        if not lazy:
            self.close(indent)
        rel = indent - self.base
        if lazy:
            self.put(_broken(line.lstrip(" ")), "text")
        elif rel >= 4 and not (starts == "item" and self.offsets and self.last != "blank"):
            if self.last == "text":
                self.put(_broken(line.lstrip(" ")), "text")
            else:
                self.indented_code(line)
        else:
            self.block(starts, line.lstrip(" "), indent)

    @property
    def base(self) -> int:
        return self.offsets[-1] if self.offsets else 0

    def close(self, indent: int) -> None:
        """Leaves the list items that a line with this indent does not belong to."""
        self.closed = ""
        while self.offsets and indent < self.offsets[-1]:
            self.offsets.pop()
            self.closed = self.kinds.pop()

    def starts_block(self, text: str) -> str:
        """What kind of block this line starts; empty where it goes on with a paragraph."""
        if (fence := FENCE.match(text)) and not (fence["mark"][0] == "`" and "`" in fence["info"]):
            return "fence"
        for kind, pattern in _STARTS:
            if pattern.match(text):
                return kind
        if (marker := _MARKER.match(text)) and self.may_start(marker):
            return "item"
        return "table" if self.starts_table(text) else ""

    def may_start(self, marker: re.Match[str]) -> bool:
        """A paragraph is interrupted only by an item with content, numbered 1 if numbered."""
        if self.last != "text" or self.offsets:
            return True
        return bool(marker["rest"].strip()) and marker["mark"] in {"-", "*", "+", "1.", "1)"}

    def starts_table(self, text: str) -> bool:
        if "|" not in text or self.at >= len(self.lines):
            return False
        rule = self.lines[self.at].strip()
        if "-" not in rule or not _TABLE_RULE.match(rule):
            return False
        return len(_cells(text)) == len(_cells(rule))

    def block(self, kind: str, text: str, indent: int) -> None:
        match kind:
            case "fence":
                self.fence(text, indent)
            case "comment":
                self.comment(text)
            case "html":
                self.html(text)
            case "quote":
                self.quote(text)
            case "rule":
                self.alone("---")
            case "atx":
                self.alone(text)
            case "item":
                self.item(text, indent)
            case "footnote":
                self.footnote(text)
            case "table":
                self.table(text)
            case _:
                self.put(_broken(text), "text")

    def fence(self, text: str, indent: int) -> None:
        fence = FENCE.match(text)
        if fence is None:
            return
        mark, body = fence["mark"], []
        closing = re.compile(rf"^ *{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        while self.at < len(self.lines):
            line = _untabbed(self.lines[self.at])
            if line.strip() and _indent(line) < self.base:
                break
            self.at += 1
            if closing.match(line) and _indent(line) - self.base < 4:
                break
            body.append(line[min(indent, _indent(line)) :])
        self.alone(self.stash.code("\n".join(body), fence["info"].strip()))

    def indented_code(self, first: str) -> None:
        body = [first[self.base + 4 :]]
        waiting: list[str] = []
        while self.at < len(self.lines):
            line = _untabbed(self.lines[self.at])
            if line.strip() and _indent(line) < self.base + 4:
                break
            self.at += 1
            if line.strip():
                body += [*waiting, line[self.base + 4 :]]
                waiting = []
            else:
                waiting.append("")
        self.alone(self.stash.code("\n".join(body), "text"))

    def comment(self, text: str) -> None:
        """A comment is not shown. What follows its end on the same line is."""
        while "-->" not in text:
            if self.at >= len(self.lines):
                return
            text = self.lines[self.at]
            self.at += 1
        if rest := text.split("-->", 1)[1].strip():
            self.line(" " * self.base + rest)

    def html(self, text: str) -> None:
        raw = [text]
        until_closed = _PRE.match(text)
        while self.at < len(self.lines):
            ended = "</pre>" in raw[-1].lower() if until_closed else not self.lines[self.at].strip()
            if ended:
                break
            raw.append(self.lines[self.at])
            self.at += 1
        self.alone(self.stash.html("\n".join(raw)))

    def quote(self, text: str) -> None:
        inner = [_QUOTE.sub("", text)]
        while self.at < len(self.lines):
            line = self.lines[self.at].strip(" ")
            lazy = inner[-1].strip() and not line.startswith(">") and not self.starts_block(line)
            if not line or not (line.startswith(">") or lazy):
                break
            inner.append(_QUOTE.sub("", line))
            self.at += 1
        if alert := _ALERT.match(inner[0]):
            inner[:1] = [f"**{alert[1].capitalize()}**", ""]
        if self.nested >= MOST_NESTED:
            self.alone(self.stash.code("\n".join(inner), "text"))
            return
        reader = _Reader(self.stash, self.nested + 1)
        if self.quoted:
            self.alone(self.stash.html(_NOTHING))
        elif not self.leads:
            self.blank()
        for line in reader.read(inner, {}):
            self.put(f"> {line}" if line else ">", "block")
        self.blank()
        self.quoted = True

    def item(self, text: str, indent: int) -> None:
        marker = _MARKER.match(text)
        if marker is None:
            return
        kind = "-" if marker["mark"] in "-*+" else "1"
        self.part_lists(kind)
        gap = len(marker["gap"].expandtabs(4))
        rest = marker["rest"]
        width = len(marker["mark"]) + (gap if rest and gap <= 4 else 1)
        if len(self.offsets) >= MOST_NESTED:
            self.put(text, "text")
            return
        self.offsets.append(indent + width)
        self.kinds.append(kind)
        self.leads.append("- " if kind == "-" else f"{marker['mark'][:-1]}. ")
        self.last, self.fresh = "block", True
        if not rest.strip():
            self.put(self.stash.html(_NOTHING), "text")
        else:
            self.line(" " * (indent + width) + rest)

    def part_lists(self, kind: str) -> None:
        """A blank line where a list starts after text or the kind of list changes."""
        first = not self.closed and not self.offsets
        self.loose = self.loose and not first
        after_text = self.last == "text" and (first or self.loose or not self.fresh)
        if after_text or (self.closed not in {"", kind} and not self.leads):
            self.blank()

    def footnote(self, text: str) -> None:
        self.blank()
        self.put(_broken(text), "text")
        self.offsets.append(4)
        self.kinds.append("")

    def table(self, text: str) -> None:
        if not self.leads:
            self.blank()
        self.put(text, "text")
        self.put(self.lines[self.at].strip(), "text")
        self.at += 1
        columns = len(_cells(text))
        while self.at < len(self.lines):
            row = _untabbed(self.lines[self.at])
            stripped = row.strip(" ")
            ends = self.starts_block(stripped) not in {"", "table"}
            if not stripped or ends or _indent(row) < self.base:
                break
            self.put(_fitted(stripped, columns), "text")
            self.at += 1
        self.blank()


def _cells(row: str) -> list[str]:
    """The cells of a table's row; a bar behind a backslash or in code belongs to a cell."""
    bare = row.strip().removeprefix("|")
    parts = _PART.findall(bare)
    if parts and parts[-1] == "|":
        parts.pop()
    ticks = Counter(part for part in parts if part[0] == "`")
    cells, code = [[]], ""  # type: tuple[list[list[str]], str]
    for part in parts:
        if part[0] == "`":
            ticks[part] -= 1
            # Code goes on to as many ticks as began it, when there are as many ahead.
            code = "" if part == code else code or (part if ticks[part] else "")
        if part == "|" and not code:
            cells.append([])
        else:
            cells[-1].append(part)
    return ["".join(cell) for cell in cells]


def _fitted(row: str, columns: int) -> str:
    """A row with more cells than the head has keeps their words in its last cell."""
    cells = _cells(row)
    if len(cells) <= columns or columns < 1:
        return row
    rest = r" \| ".join(cell.strip() for cell in cells[columns - 1 :])
    return "| " + " | ".join([*(cell.strip() for cell in cells[: columns - 1]), rest]) + " |"


def _untabbed(line: str) -> str:
    if "\t" not in line:
        return line
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(4) + body


def _indent(line: str) -> int:
    line = _untabbed(line)
    return len(line) - len(line.lstrip(" "))


def _broken(line: str) -> str:
    r"""A backslash at the end is a line break; Python-Markdown wants two spaces."""
    if line.endswith("\\") and not line.endswith("\\\\"):
        return line[:-1] + "  "
    return line
