"""Comments in a real browser: by keyboard, on a phone, without scripts; suggestions; lost passages."""

import itertools

import pytest
from playwright.sync_api import expect

from rfc.actions.comments import comment
from rfc.actions.decisions import About, Said, record_decision
from rfc.models import Comment, Draft, Mention
from tests.factories import rfc as make

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "The limit is 3 000 per agent and day."
SCOPE = f"Agents in two countries take part. {QUOTE} It begins in March."
SELECT = """(words) => {
  const walk = document.createTreeWalker(document.querySelector('.rfc-text'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode());) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const chosen = getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
    return true;
  }
  return false;
}"""


@pytest.fixture
def rfc(cast):
    return make.rfc_in_review(cast, flags=["money"], text=make.body(scope=SCOPE))


def talked(cast, rfc):
    """Threads of every kind, one of them lost, one resolved by its suggestion."""
    told = {"rfc": rfc, "section_slug": "scope"}
    first = comment(**told, actor=cast.risk, text="Too high.", quote=QUOTE, kind="must_fix")
    comment(rfc=rfc, actor=cast.product_manager, text="Halved for a fortnight.", parent=first)
    comment(
        **told,
        actor=cast.finance,
        text="Say which.",
        quote="two countries",
        replacement="Portugal and Spain",
    )
    lost = comment(**told, actor=cast.security, text="Why March?", quote="It begins in March.")
    text = make.body(scope=SCOPE.replace(" It begins in March.", " Nobody knows."))
    make.edit(rfc, cast.product_manager, body=text)
    return first, lost


def test_words_are_commented_with_the_keyboard(cast, page_as, rfc):
    page = page_as(cast.risk)
    page.goto(f"/rfcs/{rfc.key}")
    assert page.evaluate(SELECT, QUOTE)
    page.locator(".at-selection").wait_for()
    page.keyboard.press("m")
    field = page.locator("#composer-text")
    assert field.evaluate("node => node === document.activeElement")
    page.keyboard.type("Too high before we know more.")
    page.keyboard.press("Control+Enter")
    card = page.locator(".thread", has_text="Too high before we know more.")
    card.wait_for()
    made = Comment.objects.get()
    assert (made.quote, made.section_slug) == (QUOTE, "scope")
    assert page.locator(f'mark[data-threads="{made.pk}"]').inner_text() == QUOTE
    tops = [card.bounding_box()["y"], page.locator("mark.passage").bounding_box()["y"]]
    assert abs(tops[0] - tops[1]) < 60, "the thread stands beside its passage"


def test_other_words_are_suggested_and_taken(cast, page_as, rfc):
    page = page_as(cast.finance)
    page.goto(f"/rfcs/{rfc.key}")
    page.evaluate(SELECT, "two countries")
    page.locator(".at-selection").click()
    page.fill("#composer-text", "Say which.")
    page.get_by_role("button", name="Suggest other words").click()
    assert page.locator("textarea[name=text]").input_value() == "Say which."
    assert page.locator("textarea[name=replacement]").input_value() == "two countries"
    page.fill("textarea[name=replacement]", "Portugal and Spain")
    page.get_by_role("button", name="Send comment").click()
    page.locator(".swap ins", has_text="Portugal and Spain").wait_for()
    author = page_as(cast.product_manager)
    author.goto(f"/rfcs/{rfc.key}")
    author.get_by_role("button", name="Accept").click()
    author.get_by_text("The suggestion stands in the draft").first.wait_for()
    assert "Agents in Portugal and Spain take part." in Draft.objects.get(rfc=rfc).body


def test_names_and_keys_are_completed_in_the_margin_too(cast, page_as, rfc):
    page = page_as(cast.risk)
    page.goto(f"/rfcs/{rfc.key}")
    page.evaluate(SELECT, QUOTE)
    page.locator(".at-selection").click()
    field = page.locator("#composer-text")
    field.press_sequentially(f"@{cast.designer.email[:4]}")
    page.get_by_role("option", name=cast.designer.name).wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    expect(field).to_be_visible()
    field.press_sequentially(cast.designer.email[4])
    page.get_by_role("option", name=cast.designer.name).wait_for()
    page.keyboard.press("Enter")
    field.press_sequentially(f"see RFC-{rfc.number}")
    page.get_by_role("option", name=rfc.key).wait_for()
    page.keyboard.press("Enter")
    name = cast.designer.email.partition("@")[0]
    expect(field).to_have_value(f"@{name} see {rfc.key} ")
    page.keyboard.press("Control+Enter")
    page.locator(".thread", has_text="see").wait_for()
    assert Mention.objects.get().person == cast.designer


def test_n_and_p_walk_the_threads_and_none_covers_another(cast, page_as, rfc):
    talked(cast, rfc)
    page = page_as(cast.risk)
    page.goto(f"/rfcs/{rfc.key}")
    page.locator("gl-threads.placed").wait_for()
    seen = []
    for key in ("n", "n", "n", "n", "p"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.dataset.thread"))
    assert len(set(seen[:3])) == 3
    assert seen[2:] == [seen[2], seen[2], seen[1]]
    boxes = page.locator(".thread-list > .thread").evaluate_all(
        "all => all.map(n => n.getBoundingClientRect()).map(b => [b.top, b.bottom])"
    )
    boxes.sort()
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(boxes)), boxes


def test_what_is_about_no_passage_stands_at_the_top_where_it_moves_no_other(cast, page_as, rfc):
    loose = comment(rfc=rfc, actor=cast.risk, text="Who pays for all of it?")
    tied = comment(rfc=rfc, actor=cast.risk, text="Too high.", quote=QUOTE, section_slug="scope")
    page = page_as(cast.reader)
    page.goto(f"/rfcs/{rfc.key}")
    page.locator("gl-threads.placed").wait_for()
    top, low = (
        page.locator(f"#comment-{each.pk}").evaluate("n => n.getBoundingClientRect().top")
        for each in (loose, tied)
    )
    head = page.locator(".talk-head").evaluate("n => n.getBoundingClientRect().bottom")
    mark = page.locator("mark.passage").first.evaluate("n => n.getBoundingClientRect().top")
    assert head <= top < head + 40
    assert abs(low - mark) < 12


def test_a_lost_passage_is_visible_and_open(cast, page_as, rfc):
    _first, lost = talked(cast, rfc)
    for scripts in (True, False):
        page = page_as(cast.reader, scripts=scripts)
        page.goto(f"/rfcs/{rfc.key}#comment-{lost.pk}")
        card = page.locator(f"#comment-{lost.pk}")
        assert card.is_visible()
        assert "The text has changed since r1: “It begins in March.”" in card.inner_text()
        card.get_by_role("link", name="read it in r1").click()
        assert page.locator("mark.passage", has_text="It begins in March.").count() == 1


def test_a_thread_that_names_me_is_read_once_it_was_seen(cast, page_as, rfc):
    name = cast.designer.email.partition("@")[0]
    made = comment(rfc=rfc, actor=cast.risk, text=f"@{name} look", quote=QUOTE)
    page = page_as(cast.designer)
    with page.expect_response(lambda answer: answer.url.endswith("/seen")) as answer:
        page.goto(f"/rfcs/{rfc.key}#comment-{made.pk}")
    assert answer.value.status == 204
    assert Mention.objects.get().seen_at is not None


def test_names_are_completed_while_one_types(cast, page_as, rfc):
    name = cast.designer.email.partition("@")[0]
    page = page_as(cast.risk)
    page.goto(f"/rfcs/{rfc.key}/comment")
    page.locator("textarea[name=text]").press_sequentially(f"Ask @{name[:4]}")
    page.locator(".suggest [role=option]", has_text=cast.designer.name).first.wait_for()
    page.keyboard.press("Enter")
    assert page.locator("textarea[name=text]").input_value() == f"Ask @{name} "


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_lists_threads_and_begins_one(cast, page_as, fits, rfc, scripts):
    talked(cast, rfc)
    page = page_as(cast.risk, width=390, scripts=scripts)
    page.goto(f"/rfcs/{rfc.key}")
    fits(page)
    assert page.locator(".thread:visible").count() == 3
    if scripts:
        page.evaluate(SELECT, "take part")
        page.locator(".at-selection").click()
        assert page.locator(".composer").is_visible()
        page.fill("#composer-text", "From a phone.")
        page.locator(".composer").get_by_role("button", name="Send").click()
    else:
        page.locator("gl-quote a").click()
        page.fill("textarea[name=quote]", "take part")
        page.fill("textarea[name=text]", "From a phone.")
        page.get_by_role("button", name="Send comment").click()
    page.locator(".thread", has_text="From a phone.").wait_for()
    assert Comment.objects.get(text="From a phone.").anchors.get().found == "exact"


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_pages_are_accessible(cast, page_as, axe, fits, rfc, width, theme):
    first, _lost = talked(cast, rfc)
    made = record_decision(
        actor=cast.product_manager,
        said=Said("Which first?", "The local one.", "It is cheaper.", options="Local\nGlobal"),
        decided_by=cast.business_leader,
        about=About([rfc], thread=first),
    )
    page = page_as(cast.product_manager, width=width, theme=theme)
    for path in (
        f"/rfcs/{rfc.key}",
        f"/rfcs/{rfc.key}?threads=all",
        f"/rfcs/{rfc.key}/comment?quote=two+countries&section=scope",
        f"/rfcs/{rfc.key}/suggestions",
        f"/rfcs/{rfc.key}/comments/{first.pk}/history",
        "/decisions",
        made.get_absolute_url(),
        f"/decisions/new?thread={first.pk}",
        f"{made.get_absolute_url()}/review",
    ):
        assert page.goto(path).status == 200, path
        fits(page)
        axe(page)
    page.goto(f"/rfcs/{rfc.key}")
    page.evaluate(SELECT, QUOTE)
    page.locator(".at-selection").click()
    axe(page)
