"""Sections: cutting a text and putting it together gives the same bytes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfc.text.headings import slugify
from rfc.text.sections import join, sections
from rfc.text.template import DEFAULT_SECTIONS, sections_for, starting_text

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

LINES = st.sampled_from(
    ["# A", "## B", "## B", "### C", "text", "", "```", "~~~", "  ## d", "    ## code", "<!--", "-->",
     "<pre>", "</pre>", "Set", "===", "---", "- item", "\r", "a\x0bb", "## `x` [y](z) ##", "\u2028"]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=20)), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=300, deadline=None)
def test_join_gives_the_same_text(lines, end):
    text = end.join(lines)
    parts = sections(text)
    assert join(parts) == text
    assert len({part.slug for part in parts}) == len(parts)
    assert [part.ordinal for part in parts] == list(range(len(parts)))


def slugs(text):
    return [part.slug for part in sections(text)]


def test_cut_at_level_two():
    text = "# Title\nintro\n## Summary\na\n### Deeper\nb\n## Scope\nc\n"
    assert slugs(text) == ["title", "summary", "scope"]
    assert sections(text)[1].body == "a\n### Deeper\nb\n"


def test_cut_at_level_one_where_sections_are_level_one():
    assert slugs("# Summary\n\n# Motivation\n## Why\n\n# Design\n") == [
        "summary",
        "motivation",
        "design",
    ]


def test_text_without_headings_is_one_section():
    assert slugs("only text") == ["preamble"]
    assert slugs("") == []


@pytest.mark.parametrize(
    "hidden",
    ["```\n## no\n```", "~~~~\n```\n## no\n~~~~", "<!--\n## no\n-->", "<pre>\n## no\n</pre>", "    ## no"],
)  # fmt: skip
def test_headings_in_code_and_comments_cut_nothing(hidden):
    assert slugs(f"## Yes\n\n{hidden}\n\n## Also\n") == ["yes", "also"]


def test_headings_under_a_line_count():
    assert slugs("Summary\n-------\n\ntext\n\nScope\n-----\n") == ["summary", "scope"]


def test_same_heading_twice_has_two_slugs():
    assert slugs("## Notes\n## Notes\n## Notes 1\n") == ["notes", "notes-1", "notes-1-1"]


def test_a_section_keeps_its_slug_when_a_deeper_heading_takes_its_name():
    assert slugs("## A\n### Scope\n## Scope\n") == ["a", "scope"]


def test_heading_text_is_plain():
    part = sections("## The `x_y` of [a link](b) and **more** <!-- omit in toc --> ##\n")[0]
    assert part.heading == "The x_y of a link and more"
    assert part.slug == slugify(part.heading) == "the-x_y-of-a-link-and-more"


def test_template_has_the_ten_sections_in_order():
    assert slugs(starting_text()) == [guide.slug for guide in DEFAULT_SECTIONS]
    assert len(DEFAULT_SECTIONS) == 10
    assert all(guide.question.endswith("?") for guide in DEFAULT_SECTIONS)
    assert "risks-and-compliance" in sections_for("compliance")
    assert sections_for("reader") == []


def test_every_sample_is_put_together_byte_for_byte():
    files = sorted(SAMPLES.rglob("*.md"))
    if not files:
        pytest.skip(f"{SAMPLES} is not there")
    for path in files:
        text = path.read_bytes().decode()
        assert join(sections(text)) == text, path
