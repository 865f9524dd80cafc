"""How numbers, ages and moments are written."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from config.web import words

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(None, 0, "–"), ("", 1, "–"), (0, 0, "0"), (1214, 0, "1\u202f214"), (-2.5, 1, "\u22122.5")],
)
def test_unknown_is_a_dash_and_zero_is_zero(value, decimals, written):
    assert words.figure(value, decimals) == written


def test_shares_and_ages():
    assert words.percent(0.26) == "26\u00a0%"
    assert words.percent(None) == "–"
    assert words.age(timedelta(days=14, hours=3)) == "14\u00a0d"
    assert words.age(None) == "–"


@pytest.mark.parametrize(
    ("back", "written"),
    [
        (timedelta(hours=1), "today 11:00"),
        (timedelta(days=-1), "tomorrow 12:00"),
        (timedelta(days=-2), "Mon 23 Nov"),
        (timedelta(days=1), "yesterday 12:00"),
        (timedelta(days=4), "Tue 17 Nov"),
        (timedelta(days=30), "22 Oct"),
        (timedelta(days=400), "17 Oct 2025"),
    ],
)
def test_a_moment_is_as_exact_as_it_is_near(back, written):
    with timezone.override(UTC):
        assert words.short_moment(NOW - back, NOW) == written


def test_the_day_is_the_one_where_the_person_is():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Africa/Lagos")):
        assert words.short_moment(late, NOW) == "today 00:30"


def test_a_calendar_day_is_the_same_everywhere():
    for zone in ("Africa/Lagos", "America/Los_Angeles"):
        with timezone.override(ZoneInfo(zone)):
            assert words.short_day(date(2026, 12, 12), date(2026, 11, 21)) == "12 Dec"


def test_the_beginning_of_a_text_is_one_line_and_says_that_there_is_more():
    assert words.beginning("One\nthing  only") == "One thing only"
    assert words.beginning("x" * 91) == "x" * 89 + "…"
