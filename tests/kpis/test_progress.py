from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpis.progress import Aim, is_stale, pace, progress, status

UP, DOWN = Aim("up"), Aim("down")
BAND = Aim("band", Decimal(180), Decimal(240))
values = st.decimals(-(10**6), 10**6, allow_nan=False, places=3)
aims = st.sampled_from([UP, DOWN, BAND])
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("aim", "baseline", "target", "current", "expected"),
    [
        (UP, "52", "60", "54", "0.25"),
        (UP, "52", "60", "60", "1"),
        (UP, "52", "60", "64", "1.5"),
        (UP, "52", "60", "50", "-0.25"),
        (DOWN, "8", "6", "7", "0.5"),
        (DOWN, "8", "6", "9", "-0.5"),
        (BAND, "280", "230", "260", "0.5"),
        (BAND, "140", "200", "160", "0.5"),
        (BAND, "280", "230", "300", "-0.5"),
    ],
)
def test_progress_by_direction(aim, baseline, target, current, expected):
    found = progress(aim, Decimal(baseline), Decimal(target), Decimal(current))
    assert found == Decimal(expected)


@pytest.mark.parametrize(
    ("aim", "baseline", "target", "current"),
    [
        (UP, None, "60", "54"),
        (UP, "52", "60", None),
        (UP, "52", "52", "54"),
        (UP, "52", "50", "54"),
        (DOWN, "6", "8", "7"),
        (BAND, "200", "210", "300"),
    ],
)
def test_progress_is_unknown_and_never_zero(aim, baseline, target, current):
    given_ = [None if v is None else Decimal(v) for v in (baseline, target, current)]
    assert progress(aim, given_[0], given_[1], given_[2]) is None


@given(aims, values, values)
def test_baseline_is_nothing_and_target_is_whole(aim, baseline, target):
    assume(aim.better(target, baseline))
    assert progress(aim, baseline, target, baseline) == 0
    assert progress(aim, baseline, target, target) == 1


@given(aims, values, values, values)
def test_the_sign_says_better_or_worse_than_the_baseline(aim, baseline, target, current):
    found = progress(aim, baseline, target, current)
    if found is None:
        assert not aim.better(target, baseline)
    else:
        assert (found > 0) == aim.better(current, baseline)
        assert (found < 0) == aim.better(baseline, current)


@given(aims, values, values, values, values)
def test_a_better_value_never_has_less_progress(aim, baseline, target, one, other):
    assume(aim.better(target, baseline) and aim.better(one, other))
    assert progress(aim, baseline, target, one) > progress(aim, baseline, target, other)


@given(values, values, values, st.decimals("0.01", "1000", places=2))
def test_progress_does_not_depend_on_the_unit(baseline, target, current, factor):
    assume(UP.better(target, baseline))
    plain = progress(UP, baseline, target, current)
    scaled = progress(UP, baseline * factor, target * factor, current * factor)
    assert abs(plain - scaled) < Decimal("1e-9") * max(abs(plain), 1)


def days(n):
    return TODAY + timedelta(days=n)


@pytest.mark.parametrize(
    ("reached", "start", "due", "measured", "expected"),
    [
        (None, -100, 100, 0, "unknown"),
        ("1.0", -100, -1, 0, "on_track"),
        ("0.99", -100, -1, 0, "off_track"),
        ("0.41", -100, 100, 0, "on_track"),
        ("0.39", -100, 100, 0, "at_risk"),
        ("0.15", -100, 100, 0, "at_risk"),
        ("0.14", -100, 100, 0, "off_track"),
        ("-0.05", 0, 100, 0, "on_track"),
        ("-0.50", 0, 100, 0, "off_track"),
        ("0.39", -100, 100, -10, "on_track"),
    ],
)
def test_status_follows_the_pace(reached, start, due, measured, expected):
    found = status(
        None if reached is None else Decimal(reached),
        start=days(start),
        due=days(due),
        measured=days(measured),
        today=TODAY,
    )
    assert found == expected


def test_pace_stays_between_nothing_and_whole():
    assert [pace(days(0), days(10), days(n)) for n in (-5, 0, 5, 10, 20)] == [
        0,
        0,
        Decimal("0.5"),
        1,
        1,
    ]
    assert pace(days(0), days(0), days(0)) == 0


@pytest.mark.parametrize(
    ("cadence", "age"), [("daily", 3), ("weekly", 14), ("monthly", 45), ("quarterly", 120)]
)
def test_a_value_is_stale_once_the_cadence_is_overrun(cadence, age):
    assert not is_stale(cadence, days(-age), TODAY)
    assert is_stale(cadence, days(-age - 1), TODAY)
    assert not is_stale(cadence, None, TODAY)
