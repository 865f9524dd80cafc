"""The part of JQL a sync uses: `field op value` joined by AND, and an order.

`project`, `labels`, `key`, `id`, `status`, `issuetype`, `parent`, `created`, `updated`, `text`
with =, !=, in, not in, <, <=, >, >=, ~, is EMPTY, is not EMPTY.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from initiatives.jira.sandbox import scheme
from initiatives.jira.sandbox.exchange import Refusal
from initiatives.jira.sandbox.world import Issue, World

ORDER = re.compile(r"\s*\border\s+by\b(.*)$", re.IGNORECASE | re.DOTALL)
CLAUSE = re.compile(
    r"""\s*"?(?P<field>[A-Za-z][\w\[\] ]*?)"?\s*
    (?P<op>not\s+in\b|in\b|is\s+not\b|is\b|!=|<=|>=|=|<|>|~)\s*
    (?P<value>\([^)]*\)|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s)]+)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
VALUE = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^,\s]+))\s*(?:,|$)""")
RELATIVE = re.compile(r"-(\d+)([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
MOMENTS = {"created", "updated"}


@dataclass(frozen=True)
class Query:
    """A parsed query: does an issue match, and in which order do hits come."""

    clauses: tuple[Callable[[Issue], bool], ...]
    order: tuple[tuple[str, bool], ...]

    def matches(self, issue: Issue) -> bool:
        return all(clause(issue) for clause in self.clauses)

    def sort(self, issues: list[Issue]) -> list[Issue]:
        hits = sorted(issues, key=lambda each: int(each.id), reverse=True)
        for field, descending in reversed(self.order):
            hits.sort(key=partial(_sortable, field), reverse=descending)
        return hits


def parse(text: str, world: World) -> Query:
    """Raises `Refusal` (400) for anything it cannot read, and for an unbounded query."""
    order = ORDER.search(text)
    body = text[: order.start()] if order else text
    if not body.strip():
        raise Refusal(
            400,
            "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
        )
    return Query(_clauses(body, world), _order(order.group(1)) if order else ())


def _clauses(body: str, world: World) -> tuple[Callable[[Issue], bool], ...]:
    found, place = [], 0
    while place < len(body):
        match = CLAUSE.match(body, place)
        if not match:
            raise Refusal(
                400, f"Error in the JQL Query: unexpected text near '{body[place:][:40]}'."
            )
        found.append(_clause(match, world))
        place = match.end()
        joint = re.compile(r"and\b", re.IGNORECASE).match(body, place)
        if place < len(body) and not joint:
            raise Refusal(400, f"Error in the JQL Query: expecting AND near '{body[place:][:40]}'.")
        place = joint.end() if joint else place
    return tuple(found)


def _clause(match: re.Match[str], world: World) -> Callable[[Issue], bool]:
    field = match["field"].strip().lower()
    word = re.sub(r"\s+", " ", match["op"].lower())
    values = _values(match["value"])
    if field in MOMENTS:
        return _moment_clause(field, word, values[0])
    read = _reader(field, world)
    if word in {"is", "is not"}:
        return lambda issue: bool(read(issue)) == (word == "is not")
    if word == "~":
        return lambda issue: values[0].lower() in " ".join(read(issue)).lower()
    if word in {"=", "in", "!=", "not in"}:
        wanted = {each.lower() for each in values}
        positive = word in {"=", "in"}
        return lambda issue: bool({each.lower() for each in read(issue)} & wanted) == positive
    raise Refusal(400, f"The operator '{word}' is not supported by the '{field}' field.")


def _values(text: str) -> list[str]:
    inner = text[1:-1] if text.startswith("(") else text
    found = []
    for match in VALUE.finditer(inner):
        quoted = match.group(1)
        found.append(
            re.sub(r"\\(.)", r"\1", quoted)
            if quoted is not None
            else match.group(2) or match.group(3)
        )
    return found or [""]


def _reader(field: str, world: World) -> Callable[[Issue], list[str]]:
    def parent(issue: Issue) -> list[str]:
        above = world.issues.get(issue.fields.get("parent", {}).get("id", ""))
        return [above.id, above.key] if above else []

    def project(issue: Issue) -> list[str]:
        home = world.projects[issue.project]
        return [home.id, home.key, home.name]

    readers: dict[str, Callable[[Issue], list[str]]] = {
        "project": project,
        "labels": lambda issue: list(issue.fields.get("labels") or []),
        "key": lambda issue: [issue.key, issue.id],
        "status": lambda issue: [issue.status, scheme.STATUSES[issue.status][0]],
        "statuscategory": lambda issue: [scheme.CATEGORIES[_category(issue)]["name"]],
        "issuetype": lambda issue: [issue.type, scheme.TYPES[issue.type]["name"]],
        "parent": parent,
        "summary": lambda issue: [str(issue.fields.get("summary"))],
    }
    readers |= {"id": readers["key"], "issue": readers["key"], "issuekey": readers["key"]}
    readers |= {"type": readers["issuetype"], "text": readers["summary"]}
    if field not in readers:
        raise Refusal(
            400, f"Field '{field}' does not exist or you do not have permission to view it."
        )
    return readers[field]


def _category(issue: Issue) -> str:
    return scheme.STATUSES[issue.status][1]


def _moment_clause(field: str, word: str, text: str) -> Callable[[Issue], bool]:
    edge = _moment(text)
    compare: dict[str, Callable[[datetime], bool]] = {
        "<": lambda at: at < edge,
        "<=": lambda at: at <= edge,
        ">": lambda at: at > edge,
        ">=": lambda at: at >= edge,
        "=": lambda at: at == edge,
    }
    if word not in compare:
        raise Refusal(400, f"The operator '{word}' is not supported by the '{field}' field.")
    return lambda issue: compare[word](_when(getattr(issue, field)))


def _when(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def _moment(text: str) -> datetime:
    """Epoch milliseconds, a relative time such as -30m, or a date with minutes (UTC here)."""
    if text.isdecimal():
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    relative = RELATIVE.fullmatch(text)
    if relative:
        span = timedelta(**{UNITS[relative.group(2)]: int(relative.group(1))})
        return (datetime.now(UTC) - span).replace(second=0, microsecond=0)
    try:
        return datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=UTC)
    except ValueError:
        raise Refusal(400, f"Date value '{text}' for field 'updated' is invalid.") from None


def _order(text: str) -> tuple[tuple[str, bool], ...]:
    found = []
    for part in text.split(","):
        words = part.split()
        if not words or len(words) > 2:
            raise Refusal(400, "Error in the JQL Query: the order is not valid.")
        found.append((words[0].lower(), len(words) == 2 and words[1].lower() == "desc"))
    return tuple(found)


def _sortable(field: str, issue: Issue) -> Any:
    if field in MOMENTS:
        return getattr(issue, field)
    if field in {"id", "key", "issuekey"}:
        return int(issue.id)
    return str(issue.fields.get(field) or "")
