"""Working time: Monday to Friday, 24 hours a day, without declared holidays."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from config.calendar import working_days, working_days_before

ZONE = "Europe/Lisbon"


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


@pytest.fixture(autouse=True)
def zone(settings):
    settings.TIME_ZONE = ZONE


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-16T09:00", "2026-11-17T09:00", 1.0),  # Monday to Tuesday
        ("2026-11-20T12:00", "2026-11-23T12:00", 1.0),  # Friday to Monday
        ("2026-11-21T01:00", "2026-11-22T23:00", 0.0),  # a weekend
        ("2026-11-20T18:00", "2026-11-21T10:00", 0.25),
        ("2026-11-16T00:00", "2026-11-30T00:00", 10.0),
        ("2026-11-17T09:00", "2026-11-16T09:00", 0.0),
    ],
)
def test_weekends_do_not_count(start, end, days):
    assert working_days(moment(start), moment(end)) == pytest.approx(days)


def test_holidays_do_not_count_whole_or_in_part(settings):
    settings.HOLIDAYS = ("2026-11-18", "2026-11-21")
    at = moment("2026-11-18T12:00")
    assert working_days(moment("2026-11-17T00:00"), at) == pytest.approx(1.0)
    assert working_days(at, moment("2026-11-19T12:00")) == pytest.approx(0.5)
    assert working_days(moment("2026-11-16T00:00"), moment("2026-11-23T00:00")) == pytest.approx(4)


@pytest.mark.parametrize("days", [0.5, 1, 3.25, 7])
def test_going_back_so_many_working_days_counts_as_many(settings, days):
    settings.HOLIDAYS = ("2026-11-18",)
    end = moment("2026-11-23T12:00")
    assert working_days(working_days_before(end, days), end) == pytest.approx(days)
