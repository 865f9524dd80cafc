"""Every component and the four composed screens: accessible, fitting, quiet under the policy."""

import pytest

SCREENS = (
    "/styleguide",
    "/styleguide/home",
    "/styleguide/initiative",
    "/styleguide/ranking",
    "/styleguide/rfc-review",
)
LOOKS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_every_component_is_accessible_and_fits(page_as, axe, fits, cast, theme, width):
    page = page_as(cast.product_manager, width=width, theme=theme)
    for path in SCREENS:
        assert page.goto(path).status == 200
        axe(page)
        fits(page)


def test_nothing_sticks_out_at_320_pixels(page_as, fits, cast):
    page = page_as(cast.product_manager, width=320)
    for path in SCREENS:
        page.goto(path)
        fits(page)


def test_every_screen_shows_with_scripts_off(page_as, cast):
    page = page_as(cast.product_manager, scripts=False)
    for path in SCREENS:
        assert page.goto(path).status == 200
    page.goto("/styleguide")
    assert page.get_by_role("button", name="Apply").is_visible()


def test_palette_opens_by_key_and_goes_to_a_place(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide/home")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search or command")
    field.fill("style")
    found = page.get_by_role("listbox", name="Results").get_by_role("option", name="Style guide")
    found.wait_for()
    assert field.get_attribute("aria-activedescendant") == found.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/styleguide")


def test_letters_do_nothing_inside_a_field(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide")
    field = page.locator("gl-markdown textarea")
    field.fill("")
    field.press_sequentially("c?gh")
    assert field.input_value() == "c?gh"
    assert page.url.endswith("/styleguide")


def test_the_sheet_of_keys_opens_outside_fields(page_as, axe, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide")
    page.locator("#main").focus()
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    axe(page)


def test_theme_changes_at_once_and_is_remembered(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide")
    page.get_by_role("button", name="Account of").click()
    with page.expect_response("**/settings/theme"):
        page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_rows_move_by_keys_and_the_new_place_is_told(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide")
    page.locator("gl-sortable .grip").first.press("Alt+ArrowDown")
    keys = page.locator("gl-sortable .key").all_inner_texts()
    assert keys == ["INI-202", "INI-201", "INI-203"]
    page.wait_for_function(
        "document.querySelector('[data-said]').textContent === 'INI-201, position 2 of 3'"
    )


def test_a_chart_is_read_by_arrow_keys(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide/initiative")
    page.locator("gl-chart .plot").press("ArrowLeft")
    assert "54.1" in page.locator(".tip").inner_text()


def test_markdown_toolbar_wraps_the_selection_and_tab_leaves(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide")
    field = page.locator("gl-markdown textarea")
    field.fill("early")
    field.select_text()
    page.get_by_role("button", name="Bold").click()
    assert field.input_value() == "**early**"
    field.press("Tab")
    assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"


def test_a_refused_form_puts_the_focus_on_its_summary(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/styleguide")
    summary = page.locator(".errors")
    assert summary.evaluate("node => node === document.activeElement")
    summary.get_by_role("link", name="Source").click()
    assert page.evaluate("document.activeElement.name") == "refused-source"


def test_sign_in_and_error_pages_are_accessible(page_as, axe, fits, cast):
    page = page_as(width=390)
    page.goto("/styleguide")
    axe(page)
    fits(page)
    page = page_as(cast.product_manager, width=390)
    assert page.goto("/initiatives/INI-99999999").status == 404
    axe(page)
    fits(page)
