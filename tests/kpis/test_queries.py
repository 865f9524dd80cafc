from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.actions.target import take_target_step
from kpis.filters import KpiFilter
from kpis.models import KPI
from kpis.queries import kpis_for, latest, series, standings, without_baseline


def names(params, person):
    return [k.name for k in KpiFilter(params, kpis_for(person).order_by("name")).qs]


@pytest.fixture
def three(make_kpi, record, propose, cast):
    """One on track, one off track, one without any value."""
    good, bad, silent = make_kpi("Good"), make_kpi("Bad", line=cast.cards), make_kpi("Silent")
    for kpi, values in ((good, [50, 58]), (bad, [50, 45])):
        rows = record(kpi, values)
        take_target_step(
            target=propose(kpi, baseline_from=rows[:1]), step="commit", actor=kpi.owner
        )
    return good, bad, silent


def test_nobody_sees_kpis_without_signing_in(kpi):
    assert not kpis_for(AnonymousUser()).exists()


def test_standing_of_each_kind(three, cast):
    found = {s.kpi.name: s for s in standings(kpis_for(cast.reader))}
    assert {n: (s.status, s.progress) for n, s in found.items()} == {
        "Good": ("on_track", Decimal("0.8")),
        "Bad": ("off_track", Decimal("-0.5")),
        "Silent": ("unknown", None),
    }
    assert found["Silent"].reading is None


def test_a_stale_value_says_nothing_about_today(make_kpi, record, propose, today):
    kpi = make_kpi(cadence="daily")
    rows = record(kpi, [50, 58, None])
    take_target_step(target=propose(kpi, baseline_from=rows[:1]), step="commit", actor=kpi.owner)
    (found,) = standings([kpi])
    assert (found.stale, found.status, found.progress) == (True, "unknown", Decimal("0.8"))


def test_latest_ignores_superseded_values(kpi, record):
    record(kpi, [50, 51])
    record(kpi, [50, 52])
    assert latest([kpi.pk])[kpi.pk].value == 52
    assert [value for _day, value in series(kpi)] == [50, 52]


def test_missing_weeks_are_gaps_in_the_trend(kpi, record):
    record(kpi, [50, 51, None, None, 52])
    (found,) = standings([kpi])
    assert found.values == [50, 51, None, 52]


def test_standings_cost_one_query_however_many(three):
    for kpis in (three[:1], three):
        with CaptureQueriesContext(connection) as asked:
            standings(list(kpis))
        assert len(asked) == 1


def test_targets_without_baseline_are_found(kpi, propose, record, cast):
    bare = propose(kpi)
    propose(kpi, 70, baseline_from=record(kpi, [52]))
    assert list(without_baseline(cast.reader)) == [bare]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ["Bad", "Good", "Silent"]),
        ({"line": ["cards"]}, ["Bad"]),
        ({"status": ["on_track"]}, ["Good"]),
        ({"status": ["on_track", "unknown"]}, ["Good", "Silent"]),
        ({"q": "goo"}, ["Good"]),
        ({"q": "KPI-2"}, ["Bad"]),
        ({"q": "agents with payouts"}, ["Bad", "Good", "Silent"]),
        ({"baseline": "no_target"}, ["Silent"]),
        ({"sort": "-name"}, ["Silent", "Good", "Bad"]),
        ({"sort": "line"}, ["Bad", "Good", "Silent"]),
    ],
)
def test_filters(three, cast, params, expected):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    for key, value in params.items():
        query.setlist(key, value if isinstance(value, list) else [value])
    assert names(query, cast.reader) == expected


def test_filter_finds_targets_that_cannot_be_committed(kpi, propose, cast):
    propose(kpi)
    assert names({"baseline": "missing"}, cast.reader) == [kpi.name]
    assert KPI.objects.count() == 1
