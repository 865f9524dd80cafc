import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.web.search import excerpt, marked
from tests.factories.initiatives import proposed


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Instant settlement", "settle", "Instant <mark>settle</mark>ment"),
        ("a <b> c", "b", "a &lt;<mark>b</mark>&gt; c"),
        ("Ärger & Ehre", "ehre", "Ärger &amp; <mark>Ehre</mark>"),
        ("nothing here", "zebra", "nothing here"),
        ("one (two)", "(two)", "one <mark>(two)</mark>"),
        ("plain", "", "plain"),
    ],
)
def test_matches_are_marked_and_all_else_is_escaped(text, words, expected):
    assert marked(text, words) == expected


@given(st.text(max_size=60), st.text(max_size=12))
def test_no_text_breaks_out_of_its_place(text, words):
    bare = marked(text, words).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare


def test_an_excerpt_stands_around_the_match():
    text = "word " * 100 + "needle " + "word " * 100
    cut = excerpt(text, "needle")
    assert "needle" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert len(cut) < 180


def test_search_needs_a_person(client, db):
    assert client.get("/search?q=x").status_code == 302


def test_every_kind_of_thing_is_found(cast, as_):
    proposed(cast, title="Checkout in one step")
    page = as_(cast.reader).get("/search?q=checkout").content.decode()
    assert "Lines and teams" in page
    assert "<mark>Checkout</mark> in one step" in page
    assert as_(cast.reader).get("/search?q=INI-1").url.startswith("/initiatives/INI-1")
    assert "Petra Manager" not in page
