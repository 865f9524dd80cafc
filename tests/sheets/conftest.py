"""Real processes for the tests that kill them."""

from tests.due.conftest import broker, crew  # noqa: F401 - fixtures
