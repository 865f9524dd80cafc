"""The tabs of an initiative and the ranking in a real browser: accessible, narrow, filled, empty."""

import pytest
from playwright.sync_api import expect

from initiatives.actions import ranking as rank
from initiatives.actions.lines import add_line
from tests.factories.walks import believed, in_deep_dive, in_discovery

pytestmark = pytest.mark.django_db(transaction=True)

OPEN_FOLDS = "for (const fold of document.querySelectorAll('details')) fold.open = true"


def look(page, path, axe, fits):
    answer = page.goto(path)
    assert answer.status == 200, path
    page.evaluate(OPEN_FOLDS)
    fits(page)
    axe(page)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_tabs_with_nothing(width, theme, cast, page_as, axe, fits):
    made = in_discovery(cast).initiative
    page = page_as(cast.product_manager, width=width, theme=theme)
    for tab in ("evidence", "metrics", "referral", "design", "delivery"):
        look(page, f"/initiatives/{made.key}/{tab}", axe, fits)
    page.goto(f"/initiatives/{made.key}/activity")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
    look(page, "/ranking", axe, fits)


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_tabs_with_everything(width, theme, cast, page_as, axe, fits):
    made = in_deep_dive(cast).break_down(("See it", "Confirm it")).initiative
    add_line(initiative=made, actor=cast.product_manager, line=cast.cards)
    here = f"/initiatives/{made.key}"
    looks = {"product_manager": ("evidence", "metrics", "referral"), "designer": ("design",),
             "tpm": ("delivery", f"tickets/{made.tickets.first().pk}")}  # fmt: skip
    for part, tabs in looks.items():
        page = page_as(getattr(cast, part), width=width, theme=theme)
        for tab in tabs:
            look(page, f"{here}/{tab}", axe, fits)


def test_ranking_with_entries(cast, page_as, axe, fits):
    actor = cast.product_manager
    draft = rank.draft_ranking(line=cast.payments, period="2027-Q1", actor=actor)
    rank.add_to_ranking(ranking=draft, initiative=believed(cast).initiative, actor=actor, points=5)
    for width, theme in ((1280, "light"), (390, "dark")):
        look(page_as(actor, width=width, theme=theme), draft.get_absolute_url(), axe, fits)
