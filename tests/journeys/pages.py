"""What people do on pages, in their words: open, fill in, send, take a step, read what is said."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect


class Desk:
    """One person in front of a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str) -> "Desk":
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        return self

    def reads(self, *sentences: str) -> "Desk":
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()
        return self

    def no_longer_reads(self, *sentences: str) -> "Desk":
        for sentence in sentences:
            expect(self.page.get_by_text(sentence)).to_have_count(0)
        return self

    def sees(self, sentence: str) -> bool:
        """Whether it stands on the page now, without waiting."""
        return self.page.get_by_text(sentence).first.is_visible()

    def sees_job_end(self) -> "Desk":
        """Stay on the page of a job, which renews itself until the job is over."""
        expect(self.page.locator("#progress")).to_be_visible()
        expect(self.page.locator("gl-refresh")).to_have_count(0, timeout=40_000)
        return self

    def told(self, sentence: str) -> "Desk":
        """A toast says it."""
        expect(self.page.locator(".toasts")).to_contain_text(sentence)
        return self

    def press(self, name: str) -> "Desk":
        self.page.get_by_role("button", name=name).first.click()
        return self

    def follow(self, name: str) -> "Desk":
        self.page.get_by_role("link", name=name).first.click()
        return self

    def send(self, form: str, button: str, /, *, says: str, **fields: Any) -> "Desk":
        """Fill in one of the named forms of a tab, send it and read the toast."""
        sender = self.page.locator(f'form:has([name="form"][value="{form}"])').last
        unfold(sender)
        fill(sender, {f"{form}-{field}": value for field, value in fields.items()})
        sender.get_by_role("button", name=button).click()
        return self.told(says)

    def take(self, step: str, *, now: str, exact: bool = True) -> "Desk":
        """Take a step from the panel; the state's badge says the new state."""
        self.page.get_by_role("button", name=step, exact=exact).first.click()
        expect(self.page.locator(".badge", has_text=now).first).to_be_visible()
        return self


def unfold(form: Locator) -> None:
    """Click the fold a form lies in, where it lies in a closed one."""
    fold = form.locator("xpath=ancestor::details[1]")
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def fill(form: Locator, fields: dict[str, Any]) -> None:
    """Fill fields by name: text, a choice, boxes (a list of values), a file (name, bytes)."""
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]')
        kind = field.first.evaluate("e => e.type")
        hands: dict[str, Callable[[], Any]] = {
            "select-one": lambda f=field, v=value: f.select_option(v),
            "checkbox": lambda f=field, v=value: _tick(f, v),
            "radio": lambda f=field, v=value: f.and_(form.locator(f'[value="{v}"]')).check(),
            "file": lambda f=field, v=value: f.set_input_files(v),
        }
        hands.get(kind, lambda f=field, v=value: f.fill(str(v)))()


def _tick(boxes: Locator, wanted: Any) -> None:
    for box in boxes.all():
        box.set_checked(wanted is True or box.get_attribute("value") in (wanted or ()))
