"""Finding and reading RFCs in a browser: keyboard, phone, scripts off, accessibility."""

import re

import pytest
from playwright.sync_api import expect

from rfc.models import RFC
from tests.factories import rfc as make

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "\n\n".join(f"## Part {n}\n\n" + "Words of a calm text. " * 120 for n in range(6)) + (
    "\n\n| a | b |\n| - | - |\n| "
    + "x" * 90
    + " | "
    + "y" * 90
    + " |\n\nA note[^1].\n\n[^1]: Here.\n"
)


@pytest.fixture
def rfc(cast):
    return make.published_rfc(
        cast, text=LONG, summary_problem="Agents wait.", decision_asked="Pay at once."
    )


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_pages_of_finding_and_reading_are_accessible(cast, rfc, page_as, axe, fits, width, theme):
    old = make.published_rfc(cast, title="Old way")
    RFC.objects.filter(pk=old.pk).update(phase="superseded", superseded_by=rfc)
    page = page_as(cast.administrator, width=width, theme=theme)
    for path in (
        "/rfcs",
        "/rfcs?q=calm&sort=best",
        "/rfcs?q=nothing+at+all&colour=red",
        f"/rfcs/{rfc.key}",
        f"/rfcs/{old.key}",
        "/rfcs/import",
        "/rfcs/import/conflicts",
    ):
        page.goto(path)
        axe(page)
        fits(page)


def test_a_preview_opens_by_keyboard_and_closes_by_escape(cast, rfc, page_as, axe):
    page = page_as(cast.reader)
    page.goto("/rfcs")
    page.get_by_role("link", name=rfc.title).focus()
    card = page.locator(".preview")
    expect(card).to_contain_text("Pay at once.")
    axe(page)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/rfcs/{rfc.key}$"))


def test_the_contents_follow_the_reading(cast, rfc, page_as):
    page = page_as(cast.reader)
    page.goto(f"/rfcs/{rfc.key}")
    now = page.locator(".toc [aria-current]")
    expect(now).to_have_text("Part 0")
    page.locator("#doc-part-3").evaluate("e => e.scrollIntoView()")
    expect(now).to_have_text("Part 3")


def test_without_scripts_search_reading_and_files_work(cast, rfc, page_as):
    page = page_as(cast.reader, scripts=False)
    page.goto("/rfcs")
    page.get_by_label("Words or number").fill("calm")
    page.get_by_role("button", name="Apply").click()
    assert page.locator("mark").first.inner_text() == "calm"
    page.get_by_role("link", name=rfc.title).click()
    assert page.get_by_text("Agents wait.").is_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take away").click()
        page.get_by_role("link", name="PDF").click()
    assert taken.value.suggested_filename == f"{rfc.key}.pdf"
