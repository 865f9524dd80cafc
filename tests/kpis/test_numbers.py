from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.numbers import parse_number, parse_rows
from kpis.words import measure, number, plain, span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("54.1", "54.1"),
        ("54,1", "54.1"),
        ("1 234,5", "1234.5"),
        ("1\u202f234.5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("\u22123", "-3"),
        ("0,125", "0.125"),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "“abc” is not a number."),
        ("nan", "“nan” is not a number."),
        ("1,234", "“1,234” can be read in two ways; leave the comma out."),
        ("1e20", "“1e20” is too large or too finely written."),
        ("0.1234567", "“0.1234567” is too large or too finely written."),
    ],
)
def test_what_is_no_number_is_told(text, sentence):
    with pytest.raises(ValueError, match=".") as fault:
        parse_number(text)
    assert str(fault.value) == sentence


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False))
def test_a_written_number_reads_back(value):
    assert parse_number(plain(value)) == value


@given(st.text(max_size=200))
def test_any_text_gives_rows_or_sentences(text):
    rows, errors = parse_rows(text)
    assert rows or errors


def test_good_rows_with_a_head_line():
    rows, errors = parse_rows("date;value\n2026-01-05;54.1\n\n2026-01-12;54,3\n")
    assert errors == []
    assert [(r.line, r.day, r.value) for r in rows] == [
        (2, date(2026, 1, 5), Decimal("54.1")),
        (4, date(2026, 1, 12), Decimal("54.3")),
    ]


def test_every_faulty_line_is_named():
    _rows, errors = parse_rows(
        "2026-01-05;54\n2026-13-01;54\n2026-01-12;\nx y z 1\n2026-01-05;55\n2026-01-19;abc"
    )
    assert errors == [
        "Line 2: “2026-13-01” is not a date like 2026-01-31.",
        "Line 3: no value; leave the line out, a missing value is not zero.",
        "Line 4: date and value are separated by a semicolon.",
        "Line 5: the same date stands in line 1 already.",
        "Line 6: “abc” is not a number.",
    ]


def test_words_of_values():
    assert measure(Decimal("54.1"), "%") == "54.1\u00a0%"
    assert measure(Decimal(41000), "€") == "€\u00a041\u202f000"
    assert measure(None, "%") == "–"
    assert number(Decimal("-0.004")) == "0"
    assert number(Decimal("-1234.5")) == "\u22121\u202f234.5"
    assert span(Decimal(57), Decimal(63), "%") == "57–63\u00a0%"
