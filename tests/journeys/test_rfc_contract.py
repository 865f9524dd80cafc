"""An RFC from its first words to acceptance: an author, four reviewers, a decider, by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Letter
from rfc.models import RFC, Position
from rfc.standing import standing as ask_standing
from tests.factories import rfc as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/rfcs/RFC-1"
MOST_TABS = 150
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.getAttribute('aria-label') || (at.labels && at.labels[0] && at.labels[0].innerText);
  return (label || at.innerText || at.value || '').trim();
}"""


class Keys:
    """Somebody who never touches the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str) -> "Keys":
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        return self

    def press(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keys":
        self.page.keyboard.insert_text(text)
        return self

    def reach(self, name: str) -> "Keys":
        """Tab until what is focused begins with this name."""
        for _step in range(MOST_TABS):
            self.press("Tab")
            if self.page.evaluate(FOCUSED).startswith(name):
                return self
        message = f"The Tab key never came to “{name}” on {self.page.url}"
        raise AssertionError(message)

    def reads(self, *sentences: str) -> "Keys":
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()
        return self

    def told(self, sentence: str) -> "Keys":
        expect(self.page.locator(".toasts")).to_contain_text(sentence)
        return self


@pytest.fixture
def rfc(cast):
    return make.draft_rfc(cast, flags=("money", "user_facing"))


@pytest.fixture
def at(page_as, cast):
    """`at("risk")`: the same person at the same keyboard each time; the designer holds a phone."""
    seats = {}

    def sit(part):
        if part not in seats:
            width, theme = (390, "dark") if part == "designer" else (1280, "light")
            seats[part] = Keys(page_as(getattr(cast, part), width=width, theme=theme))
        return seats[part]

    return sit


def standing(rfc):
    """State of each required function."""
    rfc.refresh_from_db()
    return {each.function: each.state for each in ask_standing(rfc)}


def write(at, before, after):
    """The author changes words in the editor and publishes them, by keys alone."""
    me = at("product_manager").open(f"{HERE}/edit")
    field = me.page.locator("textarea[name=body]")
    text = field.input_value()
    assert before in text
    me.reach("Text")
    expect(field).to_be_focused()
    me.press("Control+a").type(text.replace(before, after)).press("Control+Enter")
    me.told("saved").reach("Publish r").press("Enter")
    me.page.wait_for_url(f"**{HERE}*")


def answer(at, part, stance, text):
    """Follow a link of the review bar, say why, send."""
    me = at(part).open(HERE).reach(stance).press("Enter")
    me.page.wait_for_url("**/position**")
    me.reach("In words").type(text).reach("Take the position").press("Enter").told(stance)


def asked(at, rfc):
    """Who is listed before the button is pressed gets a mail, and nobody else."""
    me = at("product_manager").open(f"{HERE}/ask").reads("Who is told, by mail, at once")
    listed = me.page.locator("ul.told b").all_inner_texts()
    me.reach("Ask for a decision and tell").press("Enter").told("A decision is asked")
    assert sorted(listed) == sorted(Letter.objects.values_list("person__name", flat=True))
    assert set(standing(rfc)) == {"architect", "designer", "finance", "risk"}


def answered(at, rfc):
    """One approves, one with notes on a phone, one needs time, one blocks."""
    at("architect").open(HERE).press("y").told("Approve")
    answer(at, "designer", "Approve with notes", "Mind the small phone.")
    answer(at, "finance", "Hold", "Waiting for the figures of the ledger.")
    answer(at, "risk", "Block", "Who stops it at night?")
    told = {"architect": "approved", "designer": "approved", "finance": "held", "risk": "blocked"}
    assert standing(rfc) == told


def mended(at, rfc):
    """The author writes what was missing; the block is closed by whoever raised it."""
    write(
        at, "What we say about risks and compliance.", "The duty officer stops it, day and night."
    )
    me = at("risk").open(HERE).reach("Close the block").press("Enter")
    me.page.wait_for_url("**/close")
    me.reach("In a sentence").type("The duty officer is named.").reach("Close the block").press(
        "Enter"
    )
    me.told("The block is closed.")
    for part in ("risk", "finance"):
        at(part).open(HERE).press("y").told("Approve")
    assert set(standing(rfc).values()) == {"approved"}


def changed(at, rfc):
    """A trifle costs nobody anything; a change in one section asks those who depend on it."""
    write(
        at,
        "What we say about non functional requirements.",
        "What we say\nabout non functional requirements.",
    )
    assert set(standing(rfc).values()) == {"approved"}
    write(at, "What we say\nabout non functional requirements.", "It answers within 800 ms.")
    stale = {function for function, state in standing(rfc).items() if state == "stale"}
    assert "architect" in stale
    assert stale != set(standing(rfc)), "whoever does not depend on it is not asked again"
    for part in sorted(stale):
        me = at(part).open(HERE).reads("Since you approved r").press("y")
        me.told("Re-affirmed") if me.page.url.endswith(HERE) else seen_first(me)
    assert set(standing(rfc).values()) == {"approved"}


def seen_first(me):
    """Where the difference was not on the page yet, the key leads to it first."""
    me.page.wait_for_url("**/compare/**")
    me.open(HERE).press("y").told("Re-affirmed")


def test_a_contract_by_keyboard(at, axe, fits, rfc):
    asked(at, rfc)
    answered(at, rfc)
    mended(at, rfc)
    changed(at, rfc)
    make.end_window(rfc)
    for part in ("product_manager", "designer", "business_leader"):
        page = at(part).open(HERE).page
        expect(page.locator(".badge", has_text="Accepted").first).to_be_visible()
        axe(page)
        fits(page)
    assert Position.objects.filter(rfc=rfc).count() == 7, "none is ever replaced"


def test_the_decider_says_no_by_keyboard(at, axe, rfc):
    asked(at, rfc)
    answer(at, "risk", "Block", "The limit is too high.")
    me = at("business_leader").open(HERE).reach("Decline").press("Enter")
    me.reach("Reason").type("We do not carry this risk.").reach("Decline").press("Enter")
    expect(me.page.locator(".badge", has_text="Declined").first).to_be_visible()
    axe(me.page)
    at("architect").open(HERE).reads("This RFC is declined.", "We do not carry this risk.")
    assert RFC.objects.get(pk=rfc.pk).phase == "declined"
