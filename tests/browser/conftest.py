"""A real Chromium against a live server on the real database.

`page_as(person)` opens a page in which that person is signed in. Whatever the browser says against
us (policy violations, script errors) fails the test at its end. Without a Chromium the tests are
skipped with the reason, unless GATELINE_REQUIRE_BROWSER=1 makes that an error.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

# Playwright's own event loop runs in the test's thread; the ORM is used from that thread only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# The browser's own line for an answer that is not 2xx; pages that refuse on purpose cause it.
# So many looks in a row at an idle server, 20 ms apart, before its tables are emptied.
QUIET = 8
EXPECTED = "Failed to load resource"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said against us in this test."""
    return []


@pytest.fixture
def page_as(
    chromium: Browser, live_server: Any, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """`page_as(person, width=1280, theme="light", scripts=True)`: a page, signed in."""
    opened: list[BrowserContext] = []

    def open_page(
        person: Any = None, *, width: int = 1280, theme: str = "light", scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        opened.append(context)
        context.set_default_timeout(10_000)
        context.on("console", lambda line: _hear(complaints, line))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if person is not None:
            context.add_cookies([_session_of(person, live_server.url)])
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
    _settle()
    assert complaints == [], "the browser complained"


def _settle() -> None:
    """Wait until the server has answered what closing pages still told it; then tables may go."""
    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    quiet = 0
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute(busy)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
        if quiet == QUIET:
            return
        time.sleep(0.02)


def _hear(complaints: list[str], line: Any) -> None:
    if line.type == "error" and EXPECTED not in line.text:
        complaints.append(line.text)


def _session_of(person: Any, address: str) -> Any:
    browser = Client()
    browser.force_login(person)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)`: no violation of WCAG 2.2 AA, target size and best practice included."""

    def check(page: Page, within: str | None = None) -> None:
        found = Axe().run(page, context=within, options=RULES).response["violations"]
        assert [_told(v) for v in found] == [], page.url

    return check


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(n["html"][:160] for n in violation["nodes"][:5])
    return f"{violation['id']}: {violation['help']} ({len(violation['nodes'])}) {places}"


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """`fits(page)`: nothing sticks out sideways."""

    def check(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    return check
