"""Geometry of rings, sparklines, bars and charts."""

from datetime import date, timedelta

import pytest

from config.templatetags import ui_glyphs
from config.web.figures import line_figure
from config.web.glyphs import portions, ring, runs, spark

START = date(2026, 1, 5)


def test_a_ring_has_a_segment_per_requirement_met_first():
    drawn = ring(["missing", "met", "waived", "met"])
    assert [kind for kind, _path in drawn.segments] == ["met", "met", "waived", "missing"]
    assert (drawn.passed, drawn.total) == (3, 4)


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_a_ring_of_any_size_is_drawn(count):
    assert len(ring(["met"] * count).segments) == count


def test_a_gap_stays_a_gap():
    assert runs([(0, 1.0), (1, 2.0), (2, None), (3, 3.0)]) == ["0,1 1,2", "3,3 3,3"]


def test_a_sparkline_of_nothing_known_is_empty():
    assert spark([None, None]).lines == []
    assert spark([]).last is None


def test_the_last_known_value_gets_the_dot():
    drawn = spark([1, 3, None], target=2)
    assert drawn.last == (150.0, 7.0)
    assert drawn.target == 23.0


def test_parts_of_a_bar_fill_it_and_nothing_takes_no_room():
    assert portions([3, 0, 1], 100, gap=0) == [(0.0, 75.0), (75.0, 0), (75.0, 25.0)]
    assert portions([0, 0, 0], 100) == [(0.0, 0), (0.0, 0), (0.0, 0)]


@pytest.mark.parametrize(
    ("days", "expected", "drawn"),
    [(5, 10, (50.0, 0.0)), (14, 10, (71.4, 28.6)), (3, None, (100.0, 0.0)), (0, 10, (4, 0.0))],
)
def test_a_phase_fills_to_its_expected_time_and_shows_what_is_over(days, expected, drawn):
    bar = ui_glyphs.phase_bar(
        [{"number": 2, "name": "UX", "state": "now", "days": days, "expected": expected}]
    )["phases"][0]
    assert (bar["here"], bar["over"]) == drawn
    assert bar["late"] is bool(expected and days > expected)


@pytest.mark.parametrize(
    ("ratio", "step"),
    [(None, "hx"), (0.4, "h0"), (0.9, "h1"), (1.5, "h2"), (2.1, "h3"), (4, "h4")],
)
def test_heat_follows_the_ratio_to_the_expected_time(ratio, step):
    assert ui_glyphs.heat_step(ratio) == step


def test_evidence_of_nothing_says_so():
    drawn = ui_glyphs.evidence_bar()
    assert drawn["none"]
    assert drawn["said"] == "No evidence yet"


def test_coverage_of_nothing_is_not_complete():
    assert ui_glyphs.coverage("Points", 0, 0)["whole"] is False
    assert ui_glyphs.coverage("Points", 20, 20)["whole"] is True


def points(*values):
    return [(START + timedelta(days=7 * i), v) for i, v in enumerate(values)]


def test_a_chart_keeps_unknown_unknown():
    figure = line_figure(title="Rising", name="Agents", unit="%", points=points(52, None, 54))
    assert [row["cells"][0] for row in figure.rows] == ["52.0\u00a0%", "unknown", "54.0\u00a0%"]
    assert len(figure.lines) == 2
    assert figure.rows[1]["y"] == ""


def test_a_chart_tells_first_last_and_target():
    figure = line_figure(title="Rising", name="Agents", points=points(52, 54), target=60)
    assert "52.0" in figure.said
    assert "target 60.0" in figure.said
    assert figure.headers == ["Date", "Agents", "Target"]


@pytest.mark.parametrize("values", [(), (None,), (5,), (5, 5), (0, 0), (-3, 4), (1e-6, 2e-6)])
def test_a_chart_of_any_series_is_drawn_inside_its_frame(values):
    figure = line_figure(title="Any", name="Any", points=points(*values))
    assert all(14 <= y <= 182 and 46 <= x <= 628 for x, y in figure.dots)
