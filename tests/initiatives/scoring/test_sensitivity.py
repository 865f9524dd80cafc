"""Does the order hold inside the ranges?"""

import pytest

from initiatives.sensitivity import Item, Run, groups, sentence, stability


def order(*ends):
    return [Item(f"INI-{n}", *each) for n, each in enumerate(ends, start=1)]


APART = order((90, 95, 99), (70, 75, 80), (40, 50, 60), (38, 49, 62), (41, 48, 58), (1, 2, 3))


def test_what_does_not_overlap_holds_and_what_does_is_a_range():
    found = stability(APART)
    words = [place.words for place in found.places]
    assert words == ["1", "2", "3 (3–5)", "4 (3–5)", "5 (3–5)", "6"]
    assert found.sentence == "The first two hold; 3–5 could be any order; the last holds."
    assert [(s.upper, s.lower) for s in found.swaps] == [("INI-3", "INI-4"), ("INI-4", "INI-5")]


def test_the_same_scores_give_the_same_answer():
    assert stability(APART) == stability(list(APART))


def test_what_is_drawn_for_one_does_not_depend_on_the_others():
    alone = stability(APART[2:4]).swaps[0].chance
    assert stability(APART).swaps[0].chance == alone


def test_exact_scores_hold_and_equal_ones_keep_the_order():
    assert stability(order((5, 5, 5), (5, 5, 5), (4, 4, 4))).sentence == (
        "The order holds inside the ranges."
    )


def test_an_order_against_the_scores_is_called_unsure():
    found = stability(order((1, 2, 3), (8, 9, 10)))
    assert found.swaps[0].chance == 1
    assert found.sentence == "1–2 could be either way round."
    assert [place.words for place in found.places] == ["1 (1–2)", "2 (1–2)"]


def test_one_or_none_is_nothing_to_compare():
    assert stability([]).sentence == stability(order((1, 2, 3))).sentence
    assert stability([]).places == ()


def runs(text):
    """ "1 1 3~ 2": runs of that many, ~ where any order is possible."""
    found, start = [], 1
    for word in text.split():
        count = int(word.rstrip("~"))
        found.append(Run(start, start + count - 1, count, word.endswith("~")))
        start += count
    return found


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("1 1 3~ 1 1", "The first two hold; 3–5 could be any order; the last two hold."),
        ("2 1 1 1", "1–2 could be either way round; the last three hold."),
        ("2 1 1 1 2", "1–2 could be either way round; 3–5 hold; 6–7 could be either way round."),
        ("2 1 2", "1–2 could be either way round; 3 holds; 4–5 could be either way round."),
        ("7~", "1–7 could be any order."),
        ("1 6", "The first holds; neighbours among 2–7 could swap."),
        ("1 1 1", "The order holds inside the ranges."),
        ("1", "There is nothing to compare yet."),
    ],
)
def test_sentences(order, said):
    assert sentence(runs(order)) == said


def test_a_chain_of_neighbours_is_not_called_any_order():
    chain = order((80, 90, 100), (70, 80, 90), (60, 70, 80), (50, 60, 70), (40, 50, 60))
    found = stability(chain)
    assert found.sentence == "The order holds inside the ranges."
    wide = order((75, 90, 105), (68, 84, 99), (60, 78, 94), (52, 70, 86), (45, 62, 80))
    assert stability(wide).sentence == "Neighbours among 1–5 could swap."


def test_places_may_start_anywhere():
    found = stability(APART[2:5], [7, 8, 10])
    assert [p.words for p in found.places] == ["7 (7–10)", "8 (7–10)", "10 (7–10)"]
    assert found.sentence == "7–10 could be any order."


def test_runs_end_where_neighbours_are_sure():
    assert groups([False, True], 3) == [(0, 0), (1, 2)]
    assert groups([], 0) == []
