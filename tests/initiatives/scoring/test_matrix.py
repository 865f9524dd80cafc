"""The matrix: what is drawn how, and that names cover nothing they need not."""

import vl_convert

from initiatives.matrix import FILL, Axis, Dot, best, spec, window

ACROSS, UP = Axis("Effort", "weeks"), Axis("Impact")


def dots(count, strength="measured"):
    return [
        Dot(f"INI-{n}", f"Number {n}", "/", (n, n + 1, n + 3), (1, 2, 3), strength, score=100 - n)
        for n in range(count)
    ]


def texts(drawn):
    return [m["text"] for layer in drawn["layer"] if (m := layer["mark"])["type"] == "text"]


def test_the_best_ten_are_named_and_nobody_else():
    drawn = spec(dots(14), ACROSS, UP)
    assert set(texts(drawn)) == {f"Number {n}" for n in range(10)}
    unscored = [Dot("INI-1", "Bare", "/", (1, 1, 1), (1, 1, 1), "assumed")]
    assert best(unscored) == []


def test_a_long_name_is_cut():
    long = [Dot("INI-1", "A name that goes on and on and on", "/", (1, 2, 3), (1, 2, 3),
                "measured", 5)]  # fmt: skip
    assert texts(spec(long, ACROSS, UP))[0] == "A name that goes on and o…"


def test_each_strength_is_a_fill_of_its_own_and_weak_is_dashed():
    drawn = spec([*dots(1), *dots(1, "reported"), *dots(1, "assumed")], ACROSS, UP)
    points = [layer for layer in drawn["layer"] if layer["mark"].get("size")]
    assert [p["mark"]["fill"] for p in points] == list(FILL.values())
    assert [("strokeDash" in p["mark"]) for p in points] == [False, False, True]
    assert all(len(p["data"]["values"]) == 1 for p in points)


def test_whiskers_are_the_ranges_and_the_window_holds_them():
    drawn = spec(dots(3), ACROSS, UP)
    wide, tall = (layer for layer in drawn["layer"] if layer["mark"]["type"] == "rule")
    assert [(r["x1"], r["x2"]) for r in wide["data"]["values"]] == [(0, 3), (1, 4), (2, 5)]
    assert tall["data"]["values"][0]["y1"] == 1
    view = window(dots(3))
    assert view.left <= 0
    assert view.right > 5
    assert view.low <= 1 < 3 < view.high


def test_names_of_points_in_a_row_do_not_cover_each_other():
    row = [Dot(f"INI-{n}", f"Neighbour {n}", "/", (n, n, n), (2, 2, 2), "measured", 50)
           for n in range(1, 9)]  # fmt: skip
    drawn = spec(row, ACROSS, UP)
    places = [
        (m["dx"], m["dy"]) for layer in drawn["layer"] if (m := layer["mark"])["type"] == "text"
    ]
    assert len({dy for _dx, dy in places}) > 1
    assert "</svg>" in vl_convert.vegalite_to_svg(drawn)


def test_one_point_and_equal_points_are_drawn_too():
    for some in (dots(1), [dots(1)[0]] * 3):
        assert "</svg>" in vl_convert.vegalite_to_svg(spec(some, ACROSS, UP))
