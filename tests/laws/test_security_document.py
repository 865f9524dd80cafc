"""docs/security.md names tests that exist, gives every requirement one state, and counts rightly."""

import ast
import re
from collections import Counter
from functools import cache

from tests.laws.sources import ROOT, tree

PAGE = (ROOT / "docs" / "security.md").read_text()
STATES = ("met", "not applicable", "open")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$")
SUM = re.compile(r"^\| (V\d+ [^|]*|All) \| (\d+) \| (\d+) \| (\d+) \|$")
TEST = re.compile(r"`(tests/[^`]*\.py)::([^`]+)`")
CHAPTERS = 17


def chapters():
    """The rows of each chapter by its heading: number, level, what is asked, state."""
    found, title = {}, ""
    for line in PAGE.splitlines():
        if heading := re.fullmatch(r"#+ (.*)", line):
            title = heading[1]
        elif row := ROW.match(line):
            found.setdefault(title, []).append(row.groups())
    return found


ROWS = [row for rows in chapters().values() for row in rows]


def state_of(row):
    """The state a row's last cell begins with; nothing when it is none, or says no more."""
    return next((state for state in STATES if row[3].startswith(f"{state}: ")), "")


@cache
def written_in(name):
    path = ROOT / name
    if not path.is_file():
        return frozenset()
    return frozenset(n.name for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef))


def test_every_test_that_is_named_exists():
    named = TEST.findall(PAGE)
    assert PAGE.count("::") == len(named) > 100
    assert [pair for pair in named if pair[1] not in written_in(pair[0])] == []


def test_every_row_is_read_and_has_a_number_of_its_chapter_a_level_and_a_state():
    begun = [line for line in PAGE.splitlines() if re.match(r"\|\s*\d", line)]
    assert len(begun) == len(ROWS)
    assert [row for row in ROWS if not state_of(row) or row[1] not in {"1", "2"}] == []
    astray = [
        row[0]
        for title, rows in chapters().items()
        for row in rows
        if not title.startswith(f"V{row[0].partition('.')[0]} ")
    ]
    assert astray == []


def test_no_requirement_is_answered_twice():
    assert [number for number, times in Counter(r[0] for r in ROWS).items() if times > 1] == []


def test_what_is_met_names_a_test_and_every_state_its_reason():
    assert [r[0] for r in ROWS if state_of(r) == "met" and not TEST.search(r[3])] == []
    assert [r[0] for r in ROWS if not r[2].strip() or not r[3].partition(": ")[2].strip()] == []


def test_the_summary_counts_the_rows():
    told = {m[1]: (int(m[2]), int(m[3]), int(m[4])) for m in map(SUM.match, PAGE.splitlines()) if m}
    counted = {**chapters(), "All": ROWS}
    assert len(counted) == CHAPTERS + 1
    states = {title: Counter(map(state_of, rows)) for title, rows in counted.items()}
    assert told == {title: tuple(c[s] for s in STATES) for title, c in states.items()}
