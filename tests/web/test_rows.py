"""Cells of every file that is taken away: none runs in a spreadsheet, true numbers stay numbers."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.sheets.cells import taken_in
from config.web.exports import as_csv
from config.web.rows import csv_line, csv_lines, harmless

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
RUNS = (
    *(f"{start}{text}" for start in STARTS for text in ("A1", "cmd|' /C calc'!A0", "SUM(1,2)")),
    " =1+1", "\t=1+1", "\r\n=1", "-2+3", "-2 days", "+cmd", "--1", "=", "-", "@",
    '=HYPERLINK("http://x.example","y")', "\u00a0=1",
)  # fmt: skip
STAY = ("-12", "+4.5", "1 200", "-3 %", "-1,234.50", "plain", "'quoted", "a=b", "", " ", "1-2")


def back(text):
    return next(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", RUNS)
def test_a_text_that_would_run_is_quoted_and_comes_back_as_it_was(cell):
    assert harmless(cell) == f"'{cell}"
    assert back(csv_line([cell, "x"])) == [f"'{cell}", "x"]
    assert taken_in(harmless(cell)) == cell.strip()


@pytest.mark.parametrize("cell", STAY)
def test_true_numbers_and_words_stay(cell):
    assert harmless(cell) == cell
    assert taken_in(cell) == cell.strip()


def test_values_that_are_no_text():
    assert [harmless(v) for v in (-5, 2.5, None, True)] == [-5, 2.5, "", True]
    assert harmless(datetime(2026, 11, 1, 9, 30, tzinfo=UTC)) == "2026-11-01T09:30:00+00:00"


def test_a_whole_file_begins_with_the_mark_and_no_row_runs():
    told = "".join(csv_lines(["a"], [["=1"], [" +a"], [-5], ["ok"], [None]]))
    assert told.startswith("\ufeff")
    lines = told[1:].split("\r\n")
    assert lines[1:5] == ["'=1", "' +a", "-5", "ok"]
    assert as_csv("x", ["a"], [["=1"]]).content.decode("utf-8-sig") == "a\r\n'=1\r\n"


def test_no_other_code_writes_csv():
    """A second writer would be a second idea of what runs."""
    root = Path(__file__).parents[2]
    houses = ("accounts", "config", "initiatives", "kpis", "rfc", "webhooks")
    writers = {
        str(path.relative_to(root))
        for house in houses
        for path in (root / house).rglob("*.py")
        if "csv.writer(" in (text := path.read_text()) or "csv.DictWriter(" in text
    }
    assert writers == {"config/web/rows.py"}
