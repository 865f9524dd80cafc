import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.web.search import excerpt, marked
from initiatives.actions.notes import write_note
from tests.factories.initiatives import proposed
from tests.factories.walks import measured_kpi


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


def test_a_key_is_understood_as_people_type_it(cast, as_):
    made = proposed(cast)
    for typed in ("ini 1", "INI1", "ini-01"):
        assert as_(cast.reader).get("/search", {"q": typed}).url == made.get_absolute_url()
    assert as_(cast.reader).get("/search", {"q": "ini 2"}).status_code == 200


def test_a_bare_number_offers_all_things_that_have_it(cast, as_):
    made = proposed(cast)
    page = as_(cast.reader).get("/search?q=1").content.decode()
    assert "By number" in page
    assert f'href="{made.get_absolute_url()}"' in page
    entries = as_(cast.reader).get("/palette.json?q=01").json()["entries"]
    assert entries[0]["label"] == f"{made.key} {made.title}"
    for odd in ("0", "٣", "1" * 40):
        assert "By number" not in as_(cast.reader).get("/search", {"q": odd}).content.decode()


def test_research_notes_are_found_by_their_text(cast, as_):
    write_note(
        actor=cast.product_manager, title="At the market", text="Nobody waits for a receipt.",
        method="interview", kind="qualitative", collected_date=timezone.localdate(),
        origin="Interviews",
    )  # fmt: skip
    page = as_(cast.reader).get("/search?q=receipt").content.decode()
    assert "Research notes" in page
    assert "At the market" in page


def test_a_title_stands_before_what_holds_the_word_somewhere(cast, as_):
    kpi = measured_kpi(cast, name="Deposits", target=False)
    kpi.definition = "Refunds are left out."
    kpi.save()
    made = proposed(cast, title="Quick refunds")
    entries = as_(cast.reader).get("/palette.json?q=refunds").json()["entries"]
    assert entries[0]["label"] == f"{made.key} {made.title}"
    assert len(entries) == 2


def test_every_kind_of_thing_is_found(cast, as_):
    proposed(cast, title="Checkout in one step")
    page = as_(cast.reader).get("/search?q=checkout").content.decode()
    assert "Lines and teams" in page
    assert "<mark>Checkout</mark> in one step" in page
    assert as_(cast.reader).get("/search?q=INI-1").url.startswith("/initiatives/INI-1")
    assert "Petra Manager" not in page
