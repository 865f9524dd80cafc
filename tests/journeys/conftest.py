"""The browser of tests/browser and the processes of tests/due, for walks through the whole."""

from tests.browser.conftest import (  # noqa: F401 - fixtures
    axe,
    complaints,
    fits,
    page_as,
)
from tests.due.conftest import broker, crew  # noqa: F401 - fixtures
