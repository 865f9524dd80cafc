"""Two texts from one: what each side changed is there afterwards, or somebody is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc.text.merging import merge
from rfc.text.sections import sections

BASE = "Intro\n\n## A\n\none\n\n## B\n\ntwo\n\n## C\n\nthree\n"


def kinds(found):
    return {piece.slug: piece.kind for piece in found.pieces}


def test_sections_changed_apart_merge():
    mine = BASE.replace("one", "ONE")
    theirs = BASE.replace("three", "THREE")
    found = merge(BASE, mine, theirs)
    assert found.clashes == []
    assert found.text() == BASE.replace("one", "ONE").replace("three", "THREE")
    assert [piece.heading for piece in found.taken] == ["C"]


@pytest.mark.parametrize(
    ("choice", "body"), [("mine", "mine"), ("theirs", "theirs"), ("both", "theirs\n\nmine")]
)
def test_one_section_changed_twice_asks(choice, body):
    found = merge(BASE, BASE.replace("two", "mine"), BASE.replace("two", "theirs"))
    assert [piece.slug for piece in found.clashes] == ["b"]
    assert found.text({"b": choice}) == BASE.replace("two", body)


def test_a_section_removed_here_and_changed_there_asks():
    mine = BASE.replace("## B\n\ntwo\n\n", "")
    found = merge(BASE, mine, BASE.replace("two", "2"))
    assert [piece.slug for piece in found.clashes] == ["b"]
    assert "two" not in found.text({"b": "mine"})
    assert "## B\n\n2" in found.text({"b": "theirs"})


def test_a_section_removed_here_and_left_there_is_gone():
    mine = BASE.replace("## B\n\ntwo\n\n", "")
    assert merge(BASE, mine, BASE + "\n## D\n\nfour\n").text() == mine + "\n## D\n\nfour\n"


def test_sections_added_by_both_stand_beside_each_other():
    found = merge(BASE, BASE + "\n## D\n\nmine\n", "## Z\n\ntheirs\n\n" + BASE)
    assert [s.slug for s in sections(found.text())] == ["z", "preamble", "a", "b", "c", "d"] or (
        set(kinds(found)) >= {"z", "d", "a"}
    )
    assert "theirs" in found.text()
    assert "mine" in found.text()


def test_moving_sections_is_kept_beside_an_edit():
    theirs = "Intro\n\n## B\n\ntwo\n\n## A\n\none\n\n## C\n\nthree\n"
    merged = merge(BASE, BASE.replace("three", "3"), theirs).text()
    assert [s.slug for s in sections(merged)] == ["preamble", "b", "a", "c"]
    assert "3" in merged


def test_without_a_common_text_nothing_is_dropped():
    found = merge(None, "## A\n\nx\n", "## A\n\ny\n\n## B\n\nz\n")
    assert kinds(found) == {"a": "clash", "b": "theirs"}


TEXT = st.dictionaries(
    st.sampled_from(["A", "B", "C", "D"]), st.sampled_from(["x", "y", "z\n\nw"]), max_size=4
).map(lambda parts: "\n".join(f"## {name}\n\n{body}\n" for name, body in parts.items()))


@given(TEXT, TEXT)
def test_one_sided_changes_are_byte_for_byte(base, changed):
    assert merge(base, changed, base).text() == changed
    assert merge(base, base, changed).text() == changed
    assert merge(base, changed, changed).text() == changed


@given(TEXT, TEXT, TEXT)
def test_every_change_is_in_the_result_or_asked_about(base, mine, theirs):
    found = merge(base, mine, theirs)
    old, result = by_slug(base), by_slug(found.text())
    asked = {piece.slug for piece in found.clashes}
    for side in (by_slug(mine), by_slug(theirs)):
        for slug, body in side.items():
            if old.get(slug) != body:
                assert slug in asked or result.get(slug) == body
        for slug in old.keys() - side.keys():
            assert slug in asked or slug not in result


def by_slug(text):
    return {section.slug: section.body.strip() for section in sections(text)}
