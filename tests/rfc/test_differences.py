"""Differences: lines by section, words inside lines, never late."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from rfc.text import differences
from rfc.text.differences import beside, diff, diff_lines

LINE = st.sampled_from(["a", "b", "a b c", "a x c", "", "## S", "## T", "  a", "```", "<b>"])


def sides(lines):
    old = [line.text for line in lines if line.kind in {"same", "del"}]
    new = [line.text for line in lines if line.kind in {"same", "add"}]
    return old, new


@given(st.lists(LINE), st.lists(LINE))
@settings(max_examples=300, deadline=None)
def test_both_texts_can_be_read_from_the_lines(old, new):
    lines = diff_lines("\n".join(old), "\n".join(new), context=None)
    trimmed = [old if old != [""] else [], new if new != [""] else []]
    got = sides(lines)
    for mine, text in zip(got, trimmed, strict=True):
        assert "\n".join(mine).rstrip("\n") == "\n".join(text).rstrip("\n")


@given(st.lists(LINE), st.lists(LINE))
@settings(max_examples=200, deadline=None)
def test_numbers_rise_and_counts_agree(old, new):
    for block in diff("\n".join(old), "\n".join(new)):
        assert block.added == sum(line.kind == "add" for line in block.lines)
        assert block.removed == sum(line.kind == "del" for line in block.lines)
        for side in ("old", "new"):
            numbers = [getattr(line, side) for line in block.lines if line.kind != "skip"]
            numbers = [number for number in numbers if number is not None]
            assert numbers == sorted(set(numbers))


def test_equal_texts_have_no_difference():
    assert diff("## A\nx\n", "## A\nx\n") == []


def test_words_are_marked_inside_a_changed_line():
    (block,) = diff("## A\none two three\n", "## A\none 2 three\n")
    gone, came = (line for line in block.lines if line.kind != "same")
    assert (gone.old, gone.new, gone.html) == (2, None, "one <del>two</del> three")
    assert (came.old, came.new, came.html) == (None, 2, "one <ins>2</ins> three")


def test_text_is_escaped():
    (block,) = diff("## A\n<b>x</b>\n", "## A\n<b>y</b>\n")
    assert "<b>" not in "".join(line.html for line in block.lines)


def test_a_paragraph_wrapped_anew_marks_only_its_words():
    (block,) = diff("## A\none two\nthree four\n", "## A\none two three\nfour five\n")
    assert "".join(s.text for line in block.lines for s in line.spans if s.mark == "ins").split() == [
        "five"
    ]  # fmt: skip


def test_unchanged_lines_fold():
    old = "## A\n" + "\n".join(f"line {n}" for n in range(40))
    (block,) = diff(old, old.replace("line 20", "line twenty"))
    assert [line.kind for line in block.lines] == [
        "skip", "same", "same", "same", "del", "add", "same", "same", "same", "skip",
    ]  # fmt: skip
    assert block.lines[0].count == 18


def test_sections_come_go_move_and_change_their_name():
    old = "## A\na\n## B\nb1\nb2\n## C\nc\n## D\nd\n"
    new = "## C\nc\n## A\na\n## B2\nb1\nb2\n## E\nnew\n"
    kinds = {(block.heading, block.kind) for block in diff(old, new)}
    assert ("E", "added") in kinds
    assert ("D", "removed") in kinds
    assert ("B2", "changed") in kinds
    assert any(kind == "moved" for _, kind in kinds)


def test_two_columns_pair_changed_lines():
    lines = diff_lines("a\nb\nc\n", "a\nB\nB2\nc\n", context=None)
    texts = [(old and old.text, new and new.text) for old, new in beside(lines)]
    assert texts == [("a", "a"), ("b", "B"), (None, "B2"), ("c", "c")]


def test_hostile_texts_end_in_time():
    for old, new in (
        ("a\nb\n" * 20_000, "b\na\n\n" * 20_000),
        ("x\n\n" * 20_000, "y\n\n" * 20_000),
        ("a" * 200_000, "b" * 200_000),
        ("a b " * 4_000, "b a c " * 3_000),
    ):
        start = time.process_time()
        diff(old, new)
        assert time.process_time() - start < 5


def test_a_number_is_marked_whole():
    (block,) = diff("## A\n\nThe limit is € 2,000.\n", "## A\n\nThe limit is € 1,500.\n")
    marked = [(span.mark, span.text) for line in block.lines for span in line.spans if span.mark]
    assert marked == [("del", "2,000"), ("ins", "1,500")]


def test_without_time_lines_that_are_there_once_are_no_change():
    old = [f"Line {n}.\n" if n % 3 else "The same.\n" for n in range(900)]
    new = [line for n, line in enumerate(old) if n % 7] + ["End.\n"]
    edits, _ = differences._edits(old, new, differences.Budget(0))
    kept = sum(len(text) for op, text in edits if op == 0)
    assert kept == len(new) - 1
