"""Handing in, triage by key, lists and one initiative, in a real browser."""

import pytest

from initiatives.actions.lines import add_line
from initiatives.models import Initiative
from tests.factories.initiatives import in_phase, proposed, source

LOOKS = [("light", 1280), ("dark", 390)]


def test_every_page_is_accessible_and_fits_in_both_themes(page_as, axe, fits, cast):
    proposed(cast, source_slug="compliance", title="Answer disputes within the legal window")
    live = in_phase(cast, "discovery")
    add_line(initiative=live, actor=cast.product_manager, line=cast.cards)
    one = f"/initiatives/{live.key}"
    paths = [
        "/",
        "/intake",
        "/initiatives/new?source=compliance",
        "/initiatives?colour=red",
        "/initiatives?layout=board",
        "/initiatives?phase=closed",
        live.get_absolute_url(),
        f"{one}/receipt",
        f"{one}/edit",
        f"{one}/duplicates",
        f"{one}/rfc",
        f"{one}/activity",
        f"{one}/waivers",
    ]
    for theme, width in LOOKS:
        page = page_as(cast.product_manager, theme=theme, width=width)
        for path in paths:
            assert page.goto(path).status == 200, path
            axe(page)
            fits(page)


def test_a_request_is_handed_in_with_scripts_off(page_as, cast):
    source()
    page = page_as(cast.reader, scripts=False)
    page.goto("/initiatives/new")
    page.get_by_label("What is the problem?").fill("Savers are not told when a pot runs dry.")
    page.get_by_label("Who has it?").fill("Savers")
    page.get_by_label("Where does it come from?").select_option("technical-debt")
    page.get_by_role("button", name="Show its questions").click()
    page.get_by_label("Affected services").fill("pots")
    page.get_by_role("button", name="Send").click()
    made = Initiative.objects.get()
    assert page.url.endswith(f"/initiatives/{made.key}/receipt")
    assert made.source_fields == {"affected_services": "pots"}


@pytest.mark.parametrize("scripts", [True, False])
def test_triage_decides_with_one_key_and_a_reason_or_by_plain_forms(page_as, cast, scripts):
    made = proposed(cast)
    page = page_as(cast.product_manager, scripts=scripts)
    page.goto(f"/intake?at={made.key}")
    if scripts:
        page.keyboard.press("3")
    else:
        page.locator("summary", has_text="Decline").click()
    page.locator("#t-decline-note").fill("The new ledger mends it.")
    page.get_by_role("button", name="Decline with this reason").click()
    page.wait_for_url("**/intake?done=**")
    made.refresh_from_db()
    assert made.phase == "declined"


def test_accepting_takes_one_key(page_as, cast):
    made = proposed(cast)
    page = page_as(cast.product_manager)
    page.goto(f"/intake?at={made.key}")
    page.keyboard.press("1")
    page.wait_for_url("**/intake?done=**")
    made.refresh_from_db()
    assert (made.phase, made.owner) == ("discovery", cast.product_manager)


def test_what_was_typed_stays_when_a_step_is_refused(page_as, cast):
    made = in_phase(cast, "discovery")
    page = page_as(cast.product_manager)
    page.goto(made.get_absolute_url())
    page.locator("summary", has_text="Park").click()
    Initiative.objects.filter(pk=made.pk).update(flow_version=made.flow_version + 1)
    page.locator("#park-note").fill("Wait for the law.")
    page.locator("form[action$='steps/park'] button").click()
    assert "moved on while this page was open" in page.get_by_role("alert").inner_text()
    assert page.locator("#park-note").input_value() == "Wait for the law."
