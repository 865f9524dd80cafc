"""A reviewer with the keyboard alone; every page of the review is accessible and fits."""

import pytest

from rfc.actions.writing import publish_revision, save_draft
from rfc.models import RFC
from tests.factories import rfc as make

LOOKS = [("light", 1280), ("dark", 390)]


@pytest.fixture
def stale(cast):
    """Risk approved r1; two sections changed by r2, of which one concerns risk."""
    rfc = make.rfc_in_review(cast, flags=["money"])
    make.answer(rfc, cast.risk, "risk")
    told = {"rfc": rfc, "actor": cast.product_manager}
    text = make.body(
        risks_and_compliance="Another limit, halved by itself.\n\n- one\n- two",
        open_questions="None that hold it.",
    )
    save_draft(**told, seen_version=None, body=text)
    publish_revision(**told, editorial="Only wording.")
    rfc.refresh_from_db()
    return rfc


def test_every_page_of_the_review_is_accessible_and_fits(page_as, axe, fits, cast, stale):
    here, draft = f"/rfcs/{stale.key}", make.published_rfc(cast, title="Not asked yet")
    paths = [
        here,
        f"{here}/compare/v1/v2",
        f"{here}/compare/v1/v2?view=rendered",
        f"{here}/compare/v2/v2",
        f"{here}/compare/v1/v2?wanted=r9",
        f"{here}/position?stance=block",
        "/rfcs/queue",
        "/rfcs/queue?order=age",
        "/rfcs/queue?line=cards",
        "/rfcs/health",
        "/rfcs/delegations",
        f"/rfcs/{draft.key}/ask",
    ]
    for theme, width in LOOKS:
        page = page_as(cast.risk, theme=theme, width=width)
        for path in paths:
            assert page.goto(path).status == 200, path
            axe(page)
            fits(page)
        page = page_as(cast.product_manager, theme=theme, width=width)
        for path in (f"/rfcs/{draft.key}/ask", f"/rfcs/{draft.key}/name", here, f"{here}/edit"):
            assert page.goto(path).status == 200, path
            axe(page)
            fits(page)


def test_a_reviewer_reads_the_difference_and_reaffirms_with_keys(page_as, cast, stale):
    page = page_as(cast.risk)
    page.goto("/rfcs/queue")
    row = page.get_by_role("row", name="changed since you approved r1")
    row.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/v1/v2#s-risks-and-compliance")
    page.keyboard.press("n")
    assert page.locator("gl-step-changes [data-at]").inner_text().startswith("1 / ")
    assert page.evaluate("document.activeElement.matches('.here')")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert page.locator("gl-step-changes [data-at]").inner_text().startswith("1 / ")
    page.keyboard.press("y")
    page.wait_for_url(f"**/rfcs/{stale.key}")
    newest = stale.positions.first()
    assert (newest.revision.number, newest.stance) == (2, "approve")


def test_without_scripts_the_same_difference_is_reaffirmed(page_as, cast, stale):
    page = page_as(cast.risk, scripts=False)
    page.goto(f"/rfcs/{stale.key}/compare/v1/v2")
    assert not page.get_by_role("button", name="Next change").is_visible()
    page.get_by_role("link", name="As rendered").click()
    assert page.locator(".rendered ins").count()
    page.get_by_role("button", name="Re-affirm for Risk on r2").click()
    assert stale.positions.first().revision.number == 2


def test_a_decision_is_asked_after_the_list_was_read(page_as, cast):
    rfc = make.published_rfc(cast)
    page = page_as(cast.product_manager)
    page.goto(f"/rfcs/{rfc.key}")
    page.get_by_role("link", name="Ask for a decision").click()
    for name in ("Ari Architect", "Bo Leader"):
        assert page.get_by_text(name, exact=True).first.is_visible()
    page.get_by_role("button", name="Ask for a decision and tell 2 people").click()
    page.wait_for_url(f"**/rfcs/{rfc.key}")
    assert page.get_by_text("A decision is asked. 2 people were told.").is_visible()
    assert RFC.objects.get(pk=rfc.pk).phase == "in_review"
