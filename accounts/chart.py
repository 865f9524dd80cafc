"""The chart of who reports to whom, drawn from the reporting lines. Pure: rows in, a forest out.

A post is a title ("business leader"). A row says that the post answers for a function at a level
and to which post it reports, by division and by function. Who answers to oneself in one function
(the head of a division for its products) stands where the other rows put the post.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

DIVISIONAL, FUNCTIONAL = "divisional", "functional"
KINDS = (DIVISIONAL, FUNCTIONAL)


@dataclass
class Post:
    """A post at one place of the chart. `again`: its own reports are drawn where it stands first."""

    title: str
    functions: list[str] = field(default_factory=list)
    below: list["Post"] = field(default_factory=list)
    people: list[Any] = field(default_factory=list)
    again: bool = False


@dataclass(frozen=True)
class Edge:
    """A post reports to another one for a function at a level."""

    post: str
    superior: str
    function: str
    level: str


def edges_of(rows: Iterable[Any], kind: str) -> list[Edge]:
    """Who reports to whom. A title that is the name of a function means the post that answers for
    it at the same level.
    """
    rows = list(rows)
    answers = {(r.function.casefold(), r.level): r.responsible for r in rows if r.responsible}
    found = []
    for row in rows:
        superior = getattr(row, kind)
        meant = answers.get((superior.casefold(), row.level), superior)
        if row.responsible and meant:
            found.append(Edge(row.responsible, meant, row.function, row.level))
    return found


def circle(edges: Iterable[Edge]) -> list[str]:
    """The titles of a circle, the first one repeated at the end; empty when there is none. A post
    that answers to itself in one function is none.
    """
    above = defaultdict(set)
    for edge in edges:
        if _key(edge.post) != _key(edge.superior):
            above[_key(edge.post)].add(_key(edge.superior))
    done: set[str] = set()
    for start in sorted(above):
        found = _walk(start, above, [], done)
        if found:
            return found
    return []


def _walk(post: str, above: dict[str, set[str]], path: list[str], done: set[str]) -> list[str]:
    if post in path:
        return [*path[path.index(post) :], post]
    if post in done:
        return []
    for superior in sorted(above.get(post, ())):
        found = _walk(superior, above, [*path, post], done)
        if found:
            return found
    done.add(post)
    return []


def forest(rows: Iterable[Any], kind: str) -> list[Post]:
    """The posts that report to nobody, each with everybody below. Rows must hold no circle."""
    edges = edges_of(rows, kind)
    own = [e for e in edges if _key(e.post) != _key(e.superior)]
    below: dict[str, list[Edge]] = defaultdict(list)
    for edge in own:
        below[_key(edge.superior)].append(edge)
    reporting = {_key(e.post) for e in own}
    tops = dict.fromkeys(t for e in edges for t in (e.superior, e.post) if _key(t) not in reporting)
    drawn: set[str] = set()
    return [_post(title, [], below, drawn) for title in {_key(t): t for t in tops}.values()]


def _post(title: str, functions: list[str], below: dict[str, list[Edge]], drawn: set[str]) -> Post:
    post = Post(title, functions, again=_key(title) in drawn and _key(title) in below)
    if post.again:
        return post
    drawn.add(_key(title))
    by_title: dict[str, list[Edge]] = defaultdict(list)
    for edge in below.get(_key(title), ()):
        by_title[edge.post].append(edge)
    for one, found in by_title.items():
        named = list(dict.fromkeys(e.function for e in found))
        post.below.append(_post(one, named, below, drawn))
    return post


def every(posts: Iterable[Post]) -> Iterator[Post]:
    """Each post of the chart."""
    for post in posts:
        yield post
        yield from every(post.below)


def _key(title: str) -> str:
    return title.strip().casefold()
