"""The metadata at the head of a document: YAML front matter, or a list of "Name: value"."""

import re
from dataclasses import dataclass, field

from rfc.importing.plainyaml import Value, read_yaml
from rfc.importing.text import Unreadable
from rfc.text.headings import ATX, plain

FIELDS = {
    "title": "title",
    "rfc title": "title",
    "number": "number",
    "rfc number": "number",
    "rfc": "number",
    "kep number": "number",
    "id": "number",
    "status": "status",
    "state": "status",
    "author": "authors",
    "authors": "authors",
    "reviewer": "reviewers",
    "reviewers": "reviewers",
    "approver": "approvers",
    "approvers": "approvers",
    "decider": "approvers",
    "deciders": "approvers",
    "owning team": "owning_team",
    "owner team": "owning_team",
    "team": "owning_team",
    "owning sig": "owning_team",
    "sig": "owning_team",
    "participating teams": "participating_teams",
    "participating sigs": "participating_teams",
    "teams": "participating_teams",
    "start date": "created",
    "date": "created",
    "created": "created",
    "created at": "created",
    "creation date": "created",
    "replaces": "replaces",
    "supersedes": "replaces",
    "obsoletes": "replaces",
    "superseded by": "superseded_by",
    "replaced by": "superseded_by",
    "obsoleted by": "superseded_by",
    "see also": "see_also",
    "related": "see_also",
}
# Names that make a list at the head metadata though they have no field here.
RECOGNISED = frozenset(
    [
        "feature name",
        "features name",
        "feature",
        "rfc pr",
        "erfc pr",
        "pre rfc",
        "rust issue",
        "rust issues",
        "tracking issue",
        "tracking issues",
        "cargo issue",
        "issue",
        "issues",
        "discussion",
        "type",
        "last updated",
        "updated",
        "stage",
        "initiative",
        "pull request",
        "labels",
        "tags",
    ]
)

_FRONT = re.compile(
    r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_NAMED = re.compile(r"^[A-Za-z][\w -]{0,40}:", re.MULTILINE)
_ENTRY = re.compile(
    r"^(?P<bullet>[-*+][ \t]+)?(?:\*\*|__)?(?P<name>[A-Za-z][A-Za-z #/_()-]{0,40}?)(?:\*\*|__)?"
    r"[ \t]*:(?:\*\*|__)?(?P<value>[ \t].*|)$"
)
_MOST_LINES = 80


@dataclass(slots=True)
class Head:
    """Raw metadata by name as written, the body, and the heading that stood before a list."""

    values: dict[str, Value] = field(default_factory=dict)
    body: str = ""
    heading: str = ""
    has_metadata: bool = False
    notes: list[str] = field(default_factory=list)


def normal(name: str) -> str:
    """A metadata name without its spelling: "owning-sig", "Owning SIG" and "owning_sig"."""
    return " ".join(re.sub(r"[-_#/()]+", " ", name.lower()).split())


def known(name: str) -> bool:
    return normal(name) in FIELDS or normal(name) in RECOGNISED


def read_head(text: str, name: str) -> Head:
    """Front matter is taken off the body; a list stays in it, since readers see it there."""
    head = Head(body=text)
    if (front := _FRONT.match(text)) and _NAMED.search(front["yaml"]):
        head.values = dict(read_yaml(front["yaml"], f"The front matter of {name}"))
        head.body = text[front.end() :].lstrip("\n")
        head.has_metadata = True
    elif re.match(r"---[ \t]*\n[A-Za-z][\w -]{0,40}:", text):
        raise Unreadable(f"The front matter of {name} is not closed with a line of three dashes.")
    entries, heading = _list(head.body)
    if any(known(entry) for entry in entries):
        head.has_metadata, head.heading = True, heading
        for entry, value in entries.items():
            if normal(entry) in {normal(key) for key in head.values}:
                head.notes.append(f"\u201c{entry}\u201d is given twice; the front matter counts.")
            else:
                head.values[entry] = value
    return head


def _list(body: str) -> tuple[dict[str, Value], str]:
    """The first run of entries near the top, and the heading before it."""
    lines = _without_comments(body).split("\n")[:_MOST_LINES]
    heading, at = "", 0
    while at < len(lines) and not _starts_entry(lines[at]):
        if (atx := ATX.match(lines[at])) and heading:
            return {}, ""
        heading = plain((atx["text"] or "").rstrip("#")) if atx else heading
        at += 1
        if at > 12:
            return {}, ""
    return _entries(lines[at:]), heading


def _without_comments(body: str) -> str:
    return re.sub(r"\A\s*<!--.*?-->", "", body[:20_000], count=1, flags=re.DOTALL)


def _starts_entry(line: str) -> bool:
    entry = _ENTRY.match(line)
    return bool(entry and known(entry["name"]))


def _entries(lines: list[str]) -> dict[str, Value]:
    entries: dict[str, Value] = {}
    name = ""
    for line in lines:
        entry = _ENTRY.match(line)
        if entry and (entry["bullet"] or known(entry["name"])):
            name = entry["name"].strip()
            entries.setdefault(name, entry["value"].strip())
        elif name and re.match(r"^[ \t]+\S", line):
            entries[name] = _continued(entries[name], line.strip())
        elif line.strip() or name:
            break
    return entries


def _continued(value: Value, line: str) -> Value:
    """A further line of an entry: another item of a list, or more of the text."""
    if item := re.match(r"[-*+][ \t]+(.*)", line):
        before = value if isinstance(value, list) else [value] if value else []
        return [*before, item[1]]
    return f"{value} {line}".strip() if isinstance(value, str) else [*value, line]
