"""What stands in two lists: items that are there once lead, those that repeat follow."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from rfc.text.alignment import align
from rfc.text.patience import blocks

LISTS = st.lists(st.sampled_from("abcdefgh "), max_size=30)


@settings(max_examples=300, deadline=None)
@given(LISTS, LISTS)
def test_what_is_found_stands_in_both_and_in_order(old, new):
    at = there = 0
    for was, now, count in blocks(old, new):
        assert count
        assert was >= at
        assert now >= there
        assert old[was : was + count] == new[now : now + count]
        at, there = was + count, now + count


@settings(max_examples=100, deadline=None)
@given(LISTS)
def test_a_list_stands_in_itself_as_a_whole(items):
    assert blocks(items, items) == ([(0, 0, len(items))] if items else [])


def test_lines_that_repeat_stay_with_the_line_beside_them_that_does_not():
    old = ["intro", "A", "```", "x", "```", "B", "```", "x", "```"]
    new = ["intro", "C", "```", "x", "```", "A", "```", "x", "```", "B", "```", "x", "```"]
    assert blocks(old, new) == [(0, 0, 1), (1, 5, 8)]


def test_what_is_rare_only_between_two_lines_is_found_there():
    old = ["1", "x", "same", "2", "y", "same", "3"]
    new = ["1", "a", "same", "b", "2", "c", "same", "d", "3"]
    assert [old[was] for was, _, _ in blocks(old, new)] == ["1", "same", "2", "same", "3"]


def test_without_time_what_is_there_once_is_found_all_the_same():
    old = "".join(f"Line {n} says this.\nThe same.\n" for n in range(400))
    new = "".join(f"Line {n} says this.\nThe same.\n" for n in range(1, 400, 2)) + "End.\n"
    at = old.index("Line 399")
    run = align(old, new, seconds=0).within(at, at + 19)[0]
    assert new[run.new : run.new + run.length] == "Line 399 says this."


def test_lists_of_one_item_cost_little():
    began = time.process_time()
    blocks(["x"] * 100_000, ["x"] * 99_000 + ["y"])
    blocks([f"{n % 300}" for n in range(100_000)], [f"{n % 299}" for n in range(100_000)])
    assert time.process_time() - began < 5
