"""Writing an RFC in a real browser: completing names, autosave, pictures, two texts, offline."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from rfc.actions.templates import load_default_template
from rfc.actions.writing import save_draft
from rfc.models import Draft, Picture, UnsavedText
from tests.factories import rfc as make

LOOKS = [("light", 1280), ("dark", 390)]
TEXT = "textarea[name=body]"


@pytest.fixture
def rfc(cast):
    rfc = make.published_rfc(cast)
    rfc.co_authors.add(cast.tpm)
    return rfc


def caret_at_end(page):
    page.locator(TEXT).focus()
    page.evaluate(
        "const a = document.querySelector('textarea[name=body]'); a.setSelectionRange(a.value.length, a.value.length)"
    )


def kept(page):
    page.locator("[data-saved]", has_text="Kept for you at").wait_for()


def test_the_pages_of_writing_are_accessible_and_fit(page_as, axe, fits, cast, rfc):
    save_draft(rfc=rfc, actor=cast.tpm, seen_version=1, body=make.body(scope="Tariq"))
    template = load_default_template()
    for theme, width in LOOKS:
        page = page_as(cast.product_manager, theme=theme, width=width)
        for path in (
            f"/rfcs/{rfc.key}/edit",
            "/rfcs/new",
            "/rfcs/upload",
            "/rfcs/templates",
            template.get_absolute_url(),
            f"/rfcs/{rfc.key}",
        ):
            assert page.goto(path).status == 200, path
            axe(page)
            fits(page)
        page.goto(f"/rfcs/{rfc.key}/edit")
        page.get_by_role("button", name="Preview", exact=True).click()
        page.locator(".mdview .prose").wait_for()
        axe(page)
        fits(page)
        admin = page_as(cast.administrator, theme=theme, width=width)
        assert admin.goto(f"{template.get_absolute_url()}/edit").status == 200
        admin.get_by_role("button", name="Show what it affects").click()
        admin.get_by_role("heading", name="What saving does").wait_for()
        axe(admin)
        fits(admin)


def test_names_and_keys_are_completed_by_keyboard(page_as, axe, cast, rfc):
    other = make.draft_rfc(cast, title="Faster payouts")
    page = page_as(cast.product_manager)
    page.goto(f"/rfcs/{rfc.key}/edit")
    caret_at_end(page)
    page.keyboard.type("\n\nAsk @tar")
    page.get_by_role("listbox", name="Suggestions").wait_for()
    area = page.locator(TEXT)
    chosen = area.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    axe(page)
    page.keyboard.press("Enter")
    page.keyboard.type("about RFC-fast")
    page.get_by_role("option", name=f"{other.key} Faster payouts").wait_for()
    page.keyboard.press("Enter")
    assert area.input_value().endswith(f"Ask @tpm about {other.key} ")
    page.keyboard.type("@zzz")
    page.keyboard.type(" @pe")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    assert area.input_value().endswith("@pe")
    page.keyboard.press("Control+z")
    assert not area.input_value().endswith("@pe")


def test_the_toolbar_writes_markdown_that_undo_takes_back_and_tab_leaves(page_as, cast, rfc):
    page = page_as(cast.product_manager)
    page.goto(f"/rfcs/{rfc.key}/edit")
    caret_at_end(page)
    area, before = page.locator(TEXT), page.locator(TEXT).input_value()
    page.keyboard.press("Control+b")
    page.keyboard.type("bold")
    assert area.input_value().endswith("**bold**")
    page.get_by_role("button", name="Table").click()
    assert "| --- | --- |" in area.input_value()
    for _ in range(3):
        page.keyboard.press("Control+z")
    assert area.input_value() == before
    caret_at_end(page)
    page.keyboard.type("\n- one\n")
    assert area.input_value().endswith("- one\n- ")
    page.keyboard.press("Control+k")
    assert not page.locator("dialog[open]").count()
    assert area.input_value().endswith("[](https://)")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") != "body"


def test_a_killed_tab_finds_its_text_again(page_as, cast, rfc):
    page = page_as(cast.product_manager)
    page.goto(f"/rfcs/{rfc.key}/edit")
    caret_at_end(page)
    page.keyboard.type("A thought nobody saved.")
    kept(page)
    page.close(run_before_unload=False)
    row = UnsavedText.objects.get()
    assert "A thought nobody saved." in row.body
    assert "A thought" not in Draft.objects.get(rfc=rfc).body
    again = page_as(cast.product_manager)
    again.goto(f"/rfcs/{rfc.key}/edit")
    offer = again.get_by_role("region", name="Unsaved text")
    assert "You have an unsaved text from" in offer.inner_text()
    offer.get_by_role("link", name="Compare").click()
    assert "A thought nobody saved." in again.locator("main").inner_text()
    again.get_by_role("link", name="Take it").click()
    assert "A thought nobody saved." in again.locator(TEXT).input_value()
    again.locator(TEXT).press("Control+Enter")
    again.get_by_text("Draft saved.").wait_for()
    assert "A thought nobody saved." in Draft.objects.get(rfc=rfc).body
    assert not UnsavedText.objects.exists()


def test_without_a_connection_this_browser_keeps_the_text(page_as, cast, rfc):
    page = page_as(cast.product_manager)
    page.goto(f"/rfcs/{rfc.key}/edit")
    page.context.set_offline(True)
    caret_at_end(page)
    page.keyboard.type("Written in a tunnel.")
    said = re.compile(r"No connection. Kept in this browser since \d\d:\d\d;")
    page.get_by_text(said).wait_for()
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/rfcs/{rfc.key}/edit")
    offer = again.get_by_role("region", name="Unsaved text in this browser")
    offer.get_by_role("button", name="Put it back").click()
    assert "Written in a tunnel." in again.locator(TEXT).input_value()
    kept(again)
    assert "Written in a tunnel." in UnsavedText.objects.get().body
    assert (
        again.evaluate("Object.keys(localStorage).filter(k => k.startsWith('gl-unsaved')).length")
        == 0
    )


def png():
    out = BytesIO()
    Image.new("RGB", (40, 24), "teal").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


PASTE = """([data, name, type]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const moved = new DataTransfer();
  moved.items.add(new File([bytes], name, { type }));
  const area = document.querySelector('textarea[name=body]');
  area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: moved, bubbles: true, cancelable: true }));
}"""


def test_a_pasted_picture_is_uploaded_and_stands_in_the_text(page_as, cast, rfc):
    page = page_as(cast.product_manager)
    page.goto(f"/rfcs/{rfc.key}/edit")
    caret_at_end(page)
    page.evaluate(PASTE, [png(), "flow.png", "image/png"])
    expect(page.locator(TEXT)).to_have_value(re.compile(r"/pictures/"))
    picture = Picture.objects.get()
    assert page.locator(TEXT).input_value().endswith(f"![flow]({picture.get_absolute_url()})")
    page.get_by_role("button", name="Preview", exact=True).click()
    shown = page.locator(".mdview img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 40)
    page.get_by_role("button", name="Write", exact=True).click()
    caret_at_end(page)
    page.evaluate(PASTE, [base64.b64encode(b"nothing").decode(), "x.png", "image/png"])
    page.get_by_text("“x.png” is not a picture; drop a PNG, JPEG, WebP or GIF.").first.wait_for()
    assert "is on its way" not in page.locator(TEXT).input_value()
    # What went wrong stays on the screen, but never on top of what saves the text.
    page.get_by_role("button", name="Save draft").click(trial=True)


def in_section(text, heading, words):
    """The text with one more paragraph at the head of a section."""
    return text.replace(f"## {heading}\n\n", f"## {heading}\n\n{words}\n\n")


def test_two_texts_are_settled_on_one_page(page_as, axe, fits, cast, rfc):
    for theme, width in LOOKS:
        page = page_as(cast.product_manager, theme=theme, width=width)
        page.goto(f"/rfcs/{rfc.key}/edit")
        version = Draft.objects.get(rfc=rfc).row_version
        text = Draft.objects.get(rfc=rfc).body
        theirs = in_section(text, "Scope", f"Theirs {theme}")
        theirs = in_section(theirs, "Solution", f"Also theirs {theme}")
        save_draft(rfc=rfc, actor=cast.tpm, seen_version=version, body=theirs)
        mine = in_section(text, "Scope", f"Mine {theme}")
        page.locator(TEXT).fill(in_section(mine, "Evidence", f"Only mine {theme}"))
        page.get_by_role("button", name="Save draft").click()
        page.get_by_role("heading", name="Tariq Planner saved while you were writing").wait_for()
        axe(page)
        fits(page)
        page.get_by_label("Both, theirs first").check()
        page.get_by_role("button", name="Save the merged draft").click()
        page.get_by_text("Saved together with what others saved meanwhile").wait_for()
        body = Draft.objects.get(rfc=rfc).body
        for words in ("Theirs", "Also theirs", "Mine", "Only mine"):
            assert f"{words} {theme}" in body


def test_two_people_see_each_other(page_as, cast, rfc):
    writer = page_as(cast.tpm)
    writer.goto(f"/rfcs/{rfc.key}/edit")
    with writer.expect_response(
        lambda answer: "/presence" in answer.url and "scope" in (answer.request.post_data or "")
    ):
        writer.locator(".asks [data-slug=scope] button").click()
    reader = page_as(cast.risk)
    reader.goto(f"/rfcs/{rfc.key}")
    reader.get_by_text("writes in Scope").wait_for()
    writer.close()


def test_a_key_in_the_text_shows_its_card(page_as, axe, cast):
    other = make.published_rfc(cast, title="Faster payouts", decision_asked="Pay in a minute.")
    rfc = make.published_rfc(cast, text=make.body(scope=f"As {other.key} says."))
    page = page_as(cast.risk)
    page.goto(f"/rfcs/{rfc.key}")
    page.get_by_role("link", name=other.key, exact=True).focus()
    page.get_by_text("Pay in a minute.").wait_for()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_text("Pay in a minute.").wait_for(state="hidden")


def test_writing_works_with_scripts_off(page_as, cast, rfc):
    page = page_as(cast.product_manager, scripts=False)
    page.goto(f"/rfcs/{rfc.key}/edit")
    page.locator(TEXT).fill(make.body(scope="Without scripts."))
    page.get_by_role("button", name="Save draft").click()
    assert "Without scripts." in Draft.objects.get(rfc=rfc).body
