"""Settings of the processes a test starts: the suite's, with a short lease and known test jobs."""

from config.settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.processes"]  # noqa: F405
LEASE_SECONDS = 3
RELAY_TIMER_SECONDS = 1
