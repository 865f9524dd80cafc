"""Three people score blind, reveal, agree, order and commit, in a real Chromium: by keys alone, on a
phone, and with scripts off.
"""

import pytest

from initiatives.actions import ranking as rank
from initiatives.models import Ranking, ScoreInput, ScoringSession, SessionScore
from tests.factories.scoring import five, revealed, session_of
from tests.factories.walks import in_discovery

pytestmark = pytest.mark.django_db(transaction=True)


def fill(page, session, numbers):
    """Fill the grid by keys: down each column with Enter where scripts are on."""
    for item in session.items.all():
        for name, value in numbers.items():
            page.locator(f"[name=s_{item.pk}_{name}]").fill(value)


def start(page):
    page.goto("/ranking/sessions?line=payments")
    page.fill("#new [name=period]", "2027-Q1")
    for box in page.locator("[name=initiatives]").all():
        box.check()
    for name in ("Bo Leader", "Tariq Planner"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Start session").click()
    return ScoringSession.objects.get()


def act(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (True, 390), (False, 1280)])
def test_three_people_score_blind_reveal_agree_and_commit(scripts, width, cast, page_as, axe, fits):
    five(cast)
    pm = page_as(cast.product_manager, scripts=scripts, width=width)
    leader = page_as(cast.business_leader, scripts=scripts, width=width)
    tpm = page_as(cast.tpm, scripts=scripts, width=width)
    session = start(pm)
    here = session.get_absolute_url()
    for page, reach in ((leader, "397.25 (300–500)"), (tpm, "173")):
        page.goto(here)
        fill(page, session, {"reach": reach, "impact": "1", "effort": "5"})
        act(page, "I have finished")
    pm.goto(here)
    assert "397.25" not in pm.content()
    assert "2 of 3 finished" in pm.locator("#people").inner_text()
    act(pm, "Reveal scores")
    assert "397.25" in pm.content()
    if scripts:
        axe(pm)
        fits(pm)
    item = session.items.first()
    card = pm.locator(f"#item-{item.pk}")
    card.get_by_label("Why").fill("Counted again.")
    with pm.expect_navigation():
        card.get_by_role("button").click()
    assert ScoreInput.objects.filter(session_item=item).count() == 3
    commit(pm, leader, item)
    if scripts:
        axe(leader)
        fits(leader)


def commit(pm, leader, item):
    pm.goto("/ranking")
    pm.fill("#new [name=period]", "2027-Q1")
    act(pm, "Open draft")
    pm.fill("[name=add-initiative]", item.initiative.key)
    act(pm, "Add to ranking")
    pm.locator("#complete [name=complete-asked]").first.check()
    act(pm, "Declare complete")
    act(pm, "Commit to this order")
    here = Ranking.objects.get().get_absolute_url()
    leader.goto(here)
    act(leader, "Commit to this order")
    assert "Committed ranking, Payments" in leader.content()
    assert Ranking.objects.get().phase == "committed"


def titles(page):
    return [row.inner_text().split()[-1] for row in page.locator("tr[data-entry] .strong").all()]


def test_the_order_is_changed_by_keys_announced_and_undone(cast, page_as):
    draft = drafted(cast)
    page = page_as(cast.product_manager)
    page.goto(draft.get_absolute_url())
    first = page.locator("tr[data-entry]").first
    key = first.get_attribute("data-key")
    first.locator(".grip").focus()
    for press, order in (("Alt+End", "1 2 0"), ("Alt+ArrowUp", "1 0 2"), ("Alt+Home", "0 1 2"),
                         ("Alt+ArrowDown", "1 0 2")):  # fmt: skip
        with page.expect_response("**form=order**") as answer:
            page.keyboard.press(press)
        assert answer.value.status == 200
        page.wait_for_function("document.activeElement?.classList.contains('grip')")
        assert titles(page) == order.split()
    said = page.locator("[data-said]")
    page.wait_for_function("document.querySelector('[data-said]').textContent !== ''")
    assert said.inner_text() == f"{key}, position 2 of 3"
    with page.expect_response("**form=undo**"):
        page.locator(".toast").get_by_role("button", name="Undo").last.click()
    page.wait_for_function(
        "document.querySelector('tr[data-entry] .strong').textContent === 'Idea 0'"
    )
    assert titles(page) == ["0", "1", "2"]


def test_a_refused_move_goes_back_and_says_why(cast, page_as):
    draft = drafted(cast)
    page = page_as(cast.product_manager)
    page.goto(draft.get_absolute_url())
    Ranking.objects.filter(pk=draft.pk).update(row_version=99)
    page.locator("tr[data-entry] .grip").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_text("went back. Somebody changed this ranking").first.wait_for()
    assert titles(page) == ["0", "1", "2"]


def test_the_order_is_dragged_by_its_handle_and_moved_from_the_menu(cast, page_as):
    draft = drafted(cast)
    page = page_as(cast.product_manager)
    page.goto(draft.get_absolute_url())
    rows = page.locator("tr[data-entry]")
    box, goal = rows.nth(0).locator(".grip").bounding_box(), rows.nth(2).bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, goal["y"] + goal["height"] - 4, steps=8)
    with page.expect_response("**form=order**"):
        page.mouse.up()
    page.wait_for_function(
        "document.querySelector('tr[data-entry] .strong').textContent === 'Idea 1'"
    )
    assert titles(page) == ["1", "2", "0"]
    plain = page_as(cast.product_manager, scripts=False, width=390)
    plain.goto(draft.get_absolute_url())
    menu = plain.locator("tr[data-entry] details.move").last
    menu.locator("summary").click()
    menu.get_by_label("or right after").fill(entry_key(draft, "Idea 1"))
    with plain.expect_navigation():
        menu.get_by_role("button", name="Save place").click()
    assert titles(plain) == ["1", "0", "2"]


def drafted(cast):
    draft = rank.draft_ranking(line=cast.payments, period="2027-Q1", actor=cast.product_manager)
    for n in range(3):
        made = in_discovery(cast, title=f"Idea {n}").initiative
        rank.add_to_ranking(ranking=draft, initiative=made, actor=cast.product_manager, points=3)
    draft.refresh_from_db()
    return draft


def order_of(page):
    """Lane → titles, as the page shows them."""
    return page.evaluate(
        """() => [...document.querySelectorAll("tbody[data-lane]")].map((lane) =>
        [...lane.querySelectorAll("tr[data-entry] .strong")].map((a) => a.textContent.at(-1)).join(" "))"""
    )


def test_a_row_goes_to_another_lane_by_keys_by_pointer_and_back(cast, page_as):
    draft = drafted(cast)
    page = page_as(cast.product_manager)
    page.goto(draft.get_absolute_url())
    at = next(n for n, lane in enumerate(order_of(page)) if lane == "0 1 2")
    page.locator("tr[data-entry] .grip").first.focus()
    way, step = ("Alt+Shift+ArrowDown", 1) if at == 0 else ("Alt+Shift+ArrowUp", -1)
    with page.expect_response("**form=place**") as answer:
        page.keyboard.press(way)
    assert answer.value.status == 200
    page.wait_for_function("document.activeElement?.classList.contains('grip')")
    assert (order_of(page)[at], order_of(page)[at + step]) == ("1 2", "0")
    moved = draft.entries.get(initiative__title="Idea 0")
    assert moved.lane == list(draft.lanes.order_by("ordinal"))[at + step]
    with page.expect_response("**form=undo**"):
        page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelector('.last-move') === null")
    assert order_of(page)[at] == "0 1 2"
    drag_to_lane(page, at + step)
    assert (order_of(page)[at], order_of(page)[at + step]) == ("1 2", "0")
    # What the toast offered is on the page too, after a reload and without scripts.
    plain = page_as(cast.product_manager, scripts=False)
    plain.goto(draft.get_absolute_url())
    with plain.expect_navigation():
        plain.locator(".last-move button").click()
    assert order_of(plain)[at] == "0 1 2"


def drag_to_lane(page, lane):
    grip = page.locator("tr[data-entry] .grip").first.bounding_box()
    goal = page.locator("tbody[data-lane]").nth(lane).bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, goal["y"] + goal["height"] / 2, steps=8)
    with page.expect_response("**form=place**"):
        page.mouse.up()
    page.wait_for_function("!document.querySelector('tr.held')")


def entry_key(draft, title):
    return draft.entries.select_related("initiative").get(initiative__title=title).initiative.key


def test_the_grid_goes_by_keys_alone(cast, page_as):
    session = session_of(cast)
    page = page_as(cast.tpm)
    page.goto(session.get_absolute_url())
    page.locator(".grid-scores input").first.focus()
    for value in ("10", "20", "30", "40", "50"):
        page.keyboard.type(value)
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    given = SessionScore.objects.filter(seat__person=cast.tpm).order_by("item__ordinal")
    assert [int(g.value) for g in given] == [10, 20, 30, 40, 50]
    assert set(given.values_list("factor", flat=True)) == {"reach"}


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_every_page_of_scoring_is_accessible_and_fits(width, theme, cast, page_as, axe, fits):
    blind, shown = session_of(cast), revealed(cast)
    draft = drafted(cast)
    looks = {
        "product_manager": [
            blind.get_absolute_url(), shown.get_absolute_url(), "/ranking/sessions", "/scoring",
            "/scoring/rice", draft.get_absolute_url(),
            f"{draft.get_absolute_url()}?layout=matrix", "/ranking/payments/compare",
        ],
        "administrator": ["/scoring/new", "/scoring/wsjf/edit"],
    }  # fmt: skip
    for part, paths in looks.items():
        page = page_as(getattr(cast, part), width=width, theme=theme)
        for path in paths:
            assert page.goto(path).status == 200, path
            page.evaluate(
                "for (const fold of document.querySelectorAll('details.fold')) fold.open = true"
            )
            axe(page)
            fits(page)
