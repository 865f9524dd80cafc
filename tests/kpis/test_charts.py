import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache

from kpis.chart_spec import INK, Annotation, Drawing, Promise, frame, spec
from kpis.charts import kpi_chart
from kpis.models import KPI, Target

START = date(2026, 1, 5)
DAY = timedelta(days=7)


def a_kpi(**facts):
    return KPI(
        **({"name": "Active <agents>", "unit": "%", "cadence": "weekly", "direction": "up"} | facts)
    )


def values(*numbers):
    return [(START + DAY * n, Decimal(str(v))) for n, v in enumerate(numbers) if v is not None]


def a_target(kpi):
    return Target(
        kpi=kpi,
        value=Decimal(60),
        baseline_value=Decimal(52),
        start_date=START,
        due_date=START + DAY * 40,
    )


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def drawn(**more):
    kpi = a_kpi()
    promise = Promise(Decimal(57), Decimal(63), START + DAY * 30)
    given = {
        "target": a_target(kpi),
        "promise": promise,
        "annotations": [Annotation(START + DAY, "Release 4.2")],
    } | more
    return kpi_chart(kpi, values(52, 53, None, None, 54), **given)


def test_without_values_there_is_no_drawing():
    assert kpi_chart(a_kpi(), []) is None


def test_the_drawing_has_title_description_and_no_foreign_colour_style_or_script():
    chart = drawn()
    root = ET.fromstring(chart.svg)
    title, desc = root[0], root[1]
    assert (root.get("role"), title.text, desc.text) == ("img", "Active <agents>", chart.said)
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == desc.get("id")
    colours = {e.get(a) for e in root.iter() for a in ("fill", "stroke")} - {None, "none"}
    assert colours <= {f"var({token})" for token in INK}
    assert "style" not in chart.svg
    assert "<script" not in chart.svg
    assert [e.get("role") for e in root.iter() if e.get("role")] == ["img"]


def strokes(chart):
    """The line's stretches of two and more values."""
    found = re.findall(r'd="(M[^"]*)" stroke="var\(--accent\)" stroke-width="1.75"', chart.svg)
    return [path.count("L") + 1 for each in found for path in each.split("M") if "L" in path]


def test_a_gap_breaks_the_line():
    kpi = a_kpi()
    assert strokes(kpi_chart(kpi, values(52, 53, 54))) == [3]
    assert strokes(kpi_chart(kpi, values(52, 53, None, None, 54, 55, 56))) == [2, 3]
    assert strokes(kpi_chart(kpi, values(52, 53, None, None, 54))) == [2]


def test_the_table_holds_every_value_newest_first_and_names_gaps():
    chart = drawn()
    assert chart.headers == ["Measured until", "Active <agents>", "Target"]
    assert [row.cells for row in chart.rows] == [
        ["54\u00a0%", "60\u00a0%"],
        ["not measured", "60\u00a0%"],
        ["53\u00a0%", "60\u00a0%"],
        ["52\u00a0%", "60\u00a0%"],
    ]
    assert [row.y is None for row in chart.rows] == [False, True, False, False]


def test_the_sentence_says_what_the_drawing_shows():
    assert re.sub(r"\s", " ", drawn().said) == (
        "52 % on 5 Jan, 54 % on 2 Feb, target 60 %, baseline 52 %, promised 57–63 % by 3 Aug, "
        "with gaps where nothing was measured."
    )


def test_the_cursor_stands_where_the_line_is():
    kpi = a_kpi()
    chart = kpi_chart(kpi, values(52, 53, 54))
    start = ET.fromstring(chart.svg).find(".//{*}path[@stroke-width='1.75']").get("d")
    first = [float(n) for n in re.match(r"M([\d.]+),([\d.]+)", start).groups()]
    oldest = chart.rows[-1]
    assert oldest.x == pytest.approx(first[0] + 58, abs=1)
    assert oldest.y == pytest.approx(first[1] + 20, abs=1)


def test_the_same_content_is_rendered_once(monkeypatch):
    first = drawn().svg
    monkeypatch.setattr("vl_convert.vegalite_to_svg", None)
    assert drawn().svg == first


def test_the_window_holds_values_target_baseline_and_promise():
    drawing = Drawing(
        points=values(52, 54),
        target=Decimal(60),
        baseline=Decimal(40),
        promise=Promise(Decimal(57), Decimal(80), START + DAY * 30),
    )
    window = frame(drawing)
    assert window.low < 40 < 80 < window.high
    assert window.last == START + DAY * 30
    assert spec(drawing)["background"] is None


def test_one_value_alone_is_drawn():
    assert (
        "circle" in kpi_chart(a_kpi(), values(52)).svg
        or "path" in kpi_chart(a_kpi(), values(52)).svg
    )
