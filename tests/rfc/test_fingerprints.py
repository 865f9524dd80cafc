"""Fingerprints: a trifle never costs an approval, a word always does."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rfc.text.fingerprints import fingerprint, material_change
from rfc.text.sections import sections

WORD = st.text("abcdefghijklmnopqrstuvwxyzäé0123456789", min_size=1, max_size=8)
PROSE = st.lists(st.lists(WORD, min_size=1, max_size=8), min_size=1, max_size=6)
SPACE = st.sampled_from([" ", "  ", "\n", "\t", " \n", "\n\n", "\u00a0", "\r\n"])


def mark(body, heading="## Scope", redirects=None):
    return fingerprint(sections(f"{heading}\n\n{body}\n")[0], redirects=redirects or {})


@given(PROSE, st.data())
@settings(max_examples=150, deadline=None)
def test_white_space_is_a_trifle(prose, data):
    words = [word for line in prose for word in line]
    again = words[0] + "".join(data.draw(SPACE) + word for word in words[1:])
    assert mark("\n".join(" ".join(line) for line in prose)) == mark(again)


@given(PROSE, WORD, st.data())
@settings(max_examples=150, deadline=None)
def test_a_changed_word_is_none(prose, word, data):
    words = [word for line in prose for word in line]
    at = data.draw(st.integers(0, len(words) - 1))
    assume(words[at] != word)
    changed = [*words[:at], word, *words[at + 1 :]]
    assert mark(" ".join(words)) != mark(" ".join(changed))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [it](http://example.org/a/).", "See [it](https://www.Example.org/a)."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a   | b |\n|:-:|".replace(":-:", "-----") + "--|\n| 1   | 2 |"),
        ("### Sub Heading\ntext", "### sub heading\n\ntext"),
        ("### Sub\ntext", "### Sub ###\ntext"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
    ],
)  # fmt: skip
def test_trifles(before, after):
    assert mark(before) == mark(after)


def test_heading_case_is_a_trifle():
    assert mark("text", "## KPI Targets") == mark("text", "## KPI targets")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [it](https://example.org/a).", "See [it](https://example.org/b)."),
        ('a "b" c', "a \u201cb\u201d c"),
        ("Only text.", "only text."),
        ("10 days", "10 days."),
        ("must", "must not"),
        ("### a\nb", "### a b"),
        ("ab", "a b"),
        ("**a**", "a"),
    ],
)
def test_more_than_trifles(before, after):
    assert mark(before) != mark(after)


def test_a_moved_address_is_a_trifle_once_the_redirect_is_known():
    before, after = "[x](https://a.example/old)", "[x](https://a.example/new)"
    moved = {"https://a.example/old": "https://a.example/new"}
    assert mark(before) != mark(after)
    assert mark(before, redirects=moved) == mark(after, redirects=moved)


def test_redirects_in_a_circle_end():
    circle = {"https://a.example": "https://b.example", "https://b.example": "https://a.example"}
    assert mark("https://a.example", redirects=circle)


OLD = "## Scope\none\ntwo\n\n## Risks and compliance\nlow\nnone\n\n## Notes\nx\n"


def test_material_change_names_the_section_and_counts_lines():
    new = OLD.replace("low", "high").replace("none", "some")
    (change,) = material_change(OLD, new)
    assert (change.name, change.slug, change.lines_changed) == (
        "Risks and compliance",
        "risks-and-compliance",
        2,
    )


def test_material_change_looks_only_at_the_named_sections():
    new = OLD.replace("x", "y")
    assert material_change(OLD, new, ["Scope", "risks-and-compliance"]) == []
    assert [c.slug for c in material_change(OLD, new, ["notes"])] == ["notes"]


def test_sections_that_came_or_went_are_changes():
    new = OLD.replace("## Notes\nx\n", "## Other\nx\n")
    assert {c.slug for c in material_change(OLD, new)} == {"notes", "other"}


def test_a_trifle_is_no_change():
    assert material_change(OLD, OLD.replace("one\ntwo", "one  two\n\n")) == []
