"""Triage by keyboard alone, and by plain forms."""

import pytest

from initiatives.models import Initiative
from tests.factories.initiatives import proposed

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECTS = ["Till freezes", "Late payout", "Card data twice", "Receipt by text", "Dark aisle"]


def test_twenty_requests_are_triaged_with_two_keys_each(page_as, axe, fits, cast):
    for n in range(20):
        proposed(cast, title=f"{SUBJECTS[n % 5]} {n}", problem=f"{SUBJECTS[n % 5]}: it costs us.")
    page = page_as(cast.product_manager)
    page.goto("/intake")
    keys = ["1", "2 Enter", "3 Enter", "h Enter"]
    for n in range(20):
        left = 20 - n
        open_one = page.locator("#request + .sub .key").inner_text()
        for key in keys[n % 4].split():
            page.keyboard.press(key)
        page.wait_for_url(f"**/intake?*done={open_one}*")
        assert f"{left - 1} request" in page.locator(".lead-line").inner_text()
    assert "Nothing new" in page.locator("main").inner_text()
    found = list(Initiative.objects.values_list("phase", flat=True))
    counted = {phase: found.count(phase) for phase in set(found)}
    assert counted == {"discovery": 5, "duplicate": 5, "declined": 5, "intake": 5}
    page.keyboard.press("z")
    page.wait_for_url("**at=INI-20*")
    assert "1 request" in page.locator(".lead-line").inner_text()


def test_j_and_k_walk_the_queue_and_escape_folds_a_decision(page_as, cast):
    first, second = (proposed(cast, title=t) for t in SUBJECTS[:2])
    page = page_as(cast.product_manager)
    page.goto("/intake")
    page.keyboard.press("j")
    page.wait_for_url(f"**at={second.key}")
    page.keyboard.press("k")
    page.wait_for_url(f"**at={first.key}")
    page.keyboard.press("3")
    assert page.evaluate("document.activeElement.textContent").startswith("It serves none")
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_every_decision_unfolded_is_accessible_and_fits(width, theme, page_as, axe, fits, cast):
    made = [proposed(cast, title=f"Settle payouts at once {n}") for n in range(3)]
    page = page_as(cast.product_manager, width=width, theme=theme)
    page.goto(f"/intake?at={made[1].key}")
    for key in ("2", "3", "h"):
        page.keyboard.press(key)
        axe(page)
        fits(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**done=**")
    axe(page)
    fits(page)


def test_on_a_phone_without_scripts_each_decision_is_a_form(page_as, fits, cast):
    made = [proposed(cast, title=f"{SUBJECTS[n]} {n}") for n in range(3)]
    page = page_as(cast.product_manager, scripts=False, width=390)
    page.goto(f"/intake?at={made[0].key}")
    fits(page)
    page.get_by_role("button", name="Accept").first.click()
    page.wait_for_url(f"**done={made[0].key}*")
    page.goto(f"/intake?at={made[1].key}")
    page.locator("summary", has_text="Decline").first.click()
    page.get_by_label("Or in your own words").fill("It serves none of our KPIs.")
    page.get_by_role("button", name="Decline with this reason").click()
    page.wait_for_url(f"**done={made[1].key}*")
    assert [Initiative.objects.get(pk=m.pk).phase for m in made] == [
        "discovery", "declined", "intake",
    ]  # fmt: skip
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**at={made[1].key}*")
    assert Initiative.objects.get(pk=made[1].pk).phase == "intake"
