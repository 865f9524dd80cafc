"""The portfolio by keys, by scripts off and on a phone: cells, the look beside, bulk, the board."""

import pytest

from initiatives.actions.fields import set_field
from initiatives.actions.saved_views import mark_view, save_view
from initiatives.models import Initiative
from tests.factories.initiatives import in_phase, proposed, triaged

LAYOUTS = ["list", "board", "matrix", "timeline", "heat", "funnel", "balance"]
PATHS = [
    *(f"/initiatives?layout={layout}" for layout in LAYOUTS),
    "/initiatives?group=owner&cols=phase,owner,kpi,evidence,waits",
    "/initiatives?phase=closed&colour=red",
    "/initiatives?layout=heat&phase=closed",
    "/initiatives?then=2020-01-01",
    "/initiatives/brief?line=payments",
    "/views",
    "/views/new?query=phase%3Drfc",
]


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_every_layout_is_accessible_and_fits(theme, width, page_as, axe, fits, cast):
    made = in_phase(cast, "discovery")
    proposed(cast, title="Asked for", deadline_date="2199-01-01")
    view = save_view(owner=cast.product_manager, name="Mine", query="phase=discovery")
    mark_view(view=view, person=cast.product_manager, starred=True)
    one = f"/initiatives/{made.key}"
    paths = [
        *PATHS,
        f"/initiatives?view={view.pk}&phase=rfc",
        f"/views/{view.pk}",
        f"/initiatives?layout=list&peek={made.key}",
        f"{one}/cell/owner",
        f"{one}/move",
        f"{one}/then",
    ]
    page = page_as(cast.product_manager, theme=theme, width=width)
    # Tall enough that the bars at the bottom of a phone lie on nothing that can be pressed.
    page.set_viewport_size({"width": width, "height": 1600})
    for path in paths:
        assert page.goto(path).status == 200, path
        axe(page)
        fits(page)
    for density in ("dense", "roomy"):
        page.goto("/initiatives?layout=list")
        page.evaluate(f"document.body.className = 'density-{density}'")
        axe(page)


def test_a_cell_is_edited_by_keys_alone_and_taken_back(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    page.locator(f"tr[data-row='{made.key}'] a[data-cell=deadline]").focus()
    page.keyboard.press("Enter")
    control = page.locator(".cellform [name=value]")
    control.fill("2199-05-01")
    control.press("Enter")
    page.locator("a[data-cell=deadline] time[datetime='2199-05-01']").wait_for()
    assert page.evaluate("document.activeElement.dataset.cell") == "deadline"
    made.refresh_from_db()
    assert str(made.deadline_date) == "2199-05-01"
    page.keyboard.press("z")
    page.locator("a[data-cell=deadline] .faint").wait_for()
    made.refresh_from_db()
    assert made.deadline_date is None


def test_an_offer_to_undo_stands_for_the_last_edit_only(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    for day in ("2199-05-01", "2199-06-01"):
        page.locator(f"tr[data-row='{made.key}'] a[data-cell=deadline]").click()
        control = page.locator(".cellform [name=value]")
        control.fill(day)
        control.press("Enter")
        page.locator(".cellform").wait_for(state="detached")
    assert page.get_by_role("button", name="Undo").count() == 1
    page.keyboard.press("z")
    page.get_by_text("the edit was taken back").last.wait_for()
    assert page.get_by_role("button", name="Undo").count() == 0
    made.refresh_from_db()
    assert str(made.deadline_date) == "2199-05-01"


def test_an_unknown_value_is_named_and_no_active_filter(page_as, cast):
    page = page_as(cast.product_manager)
    page.goto("/initiatives?owner=nobody@example.com&phase=intake")
    assert page.get_by_text("“owner=nobody@example.com” was ignored").is_visible()
    assert page.locator(".active-filters .chip").all_inner_texts() == ["Phase: Intake\nremove"]


def test_escape_restores_and_tab_saves_and_goes_on(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    pen = page.locator(f"tr[data-row='{made.key}'] a[data-cell=title]")
    pen.focus()
    page.keyboard.press("Enter")
    page.locator(".cellform [name=value]").fill("Never saved")
    page.keyboard.press("Escape")
    assert page.locator(".cellform").count() == 0
    assert page.evaluate("document.activeElement.dataset.cell") == "title"
    page.keyboard.press("Enter")
    page.locator(".cellform [name=value]").fill("Saved by Tab")
    page.keyboard.press("Tab")
    page.locator("a.strong", has_text="Saved by Tab").wait_for()
    assert page.evaluate("document.activeElement.dataset.cell") == "line"
    made.refresh_from_db()
    assert made.title == "Saved by Tab"


def test_two_people_meet_in_one_cell_and_nothing_is_lost(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    page.locator("a[data-cell=title]").focus()
    page.keyboard.press("Enter")
    page.locator(".cellform [name=value]").fill("Mine")
    set_field(
        initiative=made,
        actor=cast.product_manager,
        field="title",
        value="Theirs",
        seen_version=None,
    )
    page.keyboard.press("Enter")
    clash = page.locator(".clash")
    clash.wait_for()
    assert "Theirs" in clash.inner_text()
    assert page.locator(".cellform [name=value]").input_value() == "Mine"
    page.get_by_role("button", name="Keep mine").click()
    page.locator("a.strong", has_text="Mine").wait_for()
    made.refresh_from_db()
    assert made.title == "Mine"


def test_bad_input_stays_in_the_cell_with_its_sentence(page_as, cast):
    live = in_phase(cast, "discovery")
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    page.locator(f"tr[data-row='{live.key}'] a[data-cell=owner]").click()
    page.locator(".cellform select").select_option("")
    page.locator(".field-error").wait_for()
    assert "always has an owner" in page.locator(".field-error").inner_text()
    assert page.locator("[data-said]").inner_text() != ""


def test_a_cell_is_edited_with_scripts_off(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager, scripts=False)
    page.goto("/initiatives?layout=list")
    page.locator("a[data-cell=deadline]").click()
    page.locator("[name=value]").fill("2199-05-01")
    page.get_by_role("button", name="Save").click()
    made.refresh_from_db()
    assert str(made.deadline_date) == "2199-05-01"


def test_space_looks_beside_and_escape_gives_the_focus_back(page_as, cast):
    first, second = triaged(cast, title="First"), triaged(cast, title="Second")
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list&phase=intake")
    page.keyboard.press("j")
    page.keyboard.press(" ")
    panel = page.locator("#peek")
    panel.locator("h2", has_text="Second").wait_for()
    assert f"peek={second.key}" in page.url
    assert "phase=intake" in page.url
    page.keyboard.press("j")
    panel.locator("h2", has_text="First").wait_for()
    assert f"peek={first.key}" in page.url
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "First"
    assert "peek" not in page.url


def test_many_are_chosen_by_keys_and_previewed(page_as, cast):
    triaged(cast, title="First")
    triaged(cast, title="Second")
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-count]").inner_text() == "2 selected"
    page.keyboard.press(".")
    page.locator("#bulk-act").select_option("set:deadline")
    page.get_by_role("button", name="Preview").click()
    page.locator("[name=value]").fill("2199-01-01")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Deadline: 1 Jan 2199: 2 initiatives").click()
    page.get_by_role("button", name="Undo all of it").click()
    page.wait_for_url("**/initiatives?layout=list")
    assert not Initiative.objects.exclude(deadline_date=None).exists()


def test_a_card_moves_by_keys_and_by_dragging_through_the_gate(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=board")
    page.locator(f".tile[data-row='{made.key}'] a.strong").focus()
    page.keyboard.press("Alt+ArrowRight")
    page.locator(f".column[data-phase=discovery] .tile[data-row='{made.key}']").wait_for()
    made.refresh_from_db()
    assert made.phase == "discovery"
    page.wait_for_function("!document.querySelector('gl-board').busy")
    tile = page.locator(f".tile[data-row='{made.key}']").bounding_box()
    goal = page.locator(".column[data-phase=rfc]").bounding_box()
    page.mouse.move(tile["x"] + 20, tile["y"] + tile["height"] - 6)
    page.mouse.down()
    page.mouse.move(goal["x"] + 40, goal["y"] + 20, steps=6)
    page.mouse.up()
    toast = page.locator(".toast.error")
    toast.wait_for()
    assert "hypothesis" in toast.inner_text().lower()
    assert page.locator(f".column[data-phase=discovery] .tile[data-row='{made.key}']").count() == 1
    made.refresh_from_db()
    assert made.phase == "discovery"


def test_a_card_is_edited_in_place_and_its_keys_are_listed(page_as, cast):
    made = triaged(cast)
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=board")
    page.locator(f".tile[data-row='{made.key}'] a.strong").focus()
    page.keyboard.press("a")
    page.locator(".tile .cellform select").select_option(label="Nobody")
    page.get_by_text("nobody yet").wait_for()
    assert page.locator(f".tile[data-row='{made.key}'] a.strong").is_visible()
    made.refresh_from_db()
    assert made.owner is None
    page.keyboard.press("z")
    page.locator(".tile").get_by_text(cast.product_manager.name).wait_for()
    page.keyboard.press("?")
    listed = page.locator("#keys-help").inner_text()
    assert all(words in listed for words in ("Look beside", "Owner", "Move the card"))
    page.keyboard.press("Escape")
    page.locator(f".tile[data-row='{made.key}'] a.strong").focus()
    page.keyboard.press("p")
    page.wait_for_url(f"**/{made.key}/move")
    assert page_as(cast.reader).goto("/initiatives?layout=board").ok


def test_a_reader_is_offered_nothing_to_edit_on_the_board(cast, as_):
    triaged(cast)
    for who, offered in ((cast.reader, False), (cast.product_manager, True)):
        page = as_(who).get("/initiatives?layout=board").content.decode()
        assert ("data-cell" in page) is offered


def test_letters_are_silent_when_they_are_switched_off(page_as, cast):
    triaged(cast)
    cast.product_manager.letter_keys = False
    cast.product_manager.save()
    page = page_as(cast.product_manager)
    page.goto("/initiatives?layout=list")
    page.locator("tbody a.strong").focus()
    page.keyboard.press("x")
    page.keyboard.press("e")
    assert page.locator("input[name=number]:checked").count() == 0
    assert page.locator(".cellform").count() == 0
