"""Importing, sources, one's own requests, receipts and notes in a real browser."""

import pytest
from django.utils import timezone

from initiatives.actions.notes import quote_note, write_note
from initiatives.actions.sources import ship_sources
from initiatives.actions.steps import take_step
from initiatives.models import Evidence, Initiative
from tests.factories.initiatives import in_phase, proposed
from tests.factories.sheets import as_csv, checked, handed_in, imported, line, undone

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [(1280, "light"), (390, "dark")]


def note_of(cast, **more):
    told = {
        "title": "Stall owners, October",
        "text": "The first said: I close at six. The second has no such trouble.",
        "method": "interview",
        "kind": "qualitative",
        "origin": "Two markets",
        "collected_date": timezone.localdate(),
        "link": "https://example.com/n",
    }
    return write_note(actor=cast.growth, **{**told, **more})


def look(page, path, axe, fits):
    answer = page.goto(path)
    assert answer.status == 200, path
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    axe(page)
    fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_step_of_an_import_is_accessible_and_fits(width, theme, page_as, axe, fits, cast):
    ship_sources()
    owner = cast.product_manager
    page = page_as(owner, width=width, theme=theme)
    look(page, "/import", axe, fits)
    page.goto("/import/requests")
    page.get_by_role("button", name="Upload").click()
    page.wait_for_selector(".errors")
    axe(page)
    wrong = [line(1), line(2, Source="Astrology", Deadline="soon")]
    old = handed_in(owner, as_csv([line(1, Problem="Größe zählt.")], encoding="cp1252"))
    sheets = {
        "/read": old,
        "/map": handed_in(owner, as_csv(wrong)),
        "": checked(owner, wrong),
    }
    done = imported(owner, [line(7), line(8, Source="Astrology")])
    change = checked(owner, [line(7, Title="A better title")])
    gone = undone(imported(owner, [line(9)]))
    paths = [f"{sheet.get_absolute_url()}{tail}" for tail, sheet in sheets.items()]
    paths += [change.get_absolute_url(), done.get_absolute_url(), f"{done.get_absolute_url()}/undo"]
    for path in [*paths, gone.get_absolute_url(), "/import", "/import/requests"]:
        look(page, path, axe, fits)
    page.goto(paths[1])
    page.get_by_label("Problem", exact=True).select_option("")
    page.get_by_role("button", name="Dry run").click()
    page.wait_for_selector(".errors")
    axe(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_notes_sources_and_receipts_are_accessible_and_fit(width, theme, page_as, axe, fits, cast):
    page = page_as(cast.administrator, width=width, theme=theme)
    for path in ("/notes", "/notes/new", "/requests", "/sources", "/sources/new"):
        look(page, path, axe, fits)
    made, note = in_phase(cast, "discovery"), note_of(cast)
    for words, points in (("I close at six", "for"), ("no such trouble", "against")):
        quote_note(
            note=note, initiative=made, actor=cast.product_manager, quote=words, points=points
        )
    other = proposed(cast, title="The other")
    take_step(other, "mark-duplicate", actor=cast.product_manager, note="Same.", original=made.key)
    page = page_as(cast.requester, width=width, theme=theme)
    paths = ["/notes", note.get_absolute_url(), "/requests", "/sources", "/initiatives/new"]
    paths += [f"/initiatives/{made.key}/evidence", f"/initiatives/{other.key}/receipt"]
    for path in paths:
        look(page, path, axe, fits)
    page = page_as(cast.administrator, width=width, theme=theme)
    look(page, "/sources/compliance", axe, fits)


def test_selected_words_are_tied_with_one_key(page_as, cast):
    made, note = in_phase(cast, "discovery"), note_of(cast)
    page = page_as(cast.product_manager)
    page.goto(note.get_absolute_url())
    page.evaluate(
        """() => {
          const text = document.querySelector("gl-quoting").firstChild;
          const at = text.data.indexOf("no such trouble");
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + "no such trouble".length);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("e")
    assert page.get_by_label("Words", exact=True).input_value() == "no such trouble"
    page.keyboard.type(made.key)
    page.keyboard.press("Enter")
    page.wait_for_url("**#q-*")
    item = Evidence.objects.get(initiative=made)
    assert (item.quote, item.note_start) == ("no such trouble", note.text.index("no such trouble"))


def test_choosing_a_source_brings_its_questions_and_keeps_what_was_typed(page_as, cast):
    ship_sources()
    page = page_as(cast.reader)
    page.goto("/initiatives/new")
    page.get_by_label("What is the problem?").fill("Pots run dry.")
    page.get_by_label("Who has it?").fill("Savers")
    page.get_by_label("Where does it come from?").select_option("technical-debt")
    page.get_by_label("Affected services").fill("pots")
    assert page.get_by_label("What is the problem?").input_value() == "Pots run dry."
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/receipt")
    assert Initiative.objects.get().source_fields == {"affected_services": "pots"}
