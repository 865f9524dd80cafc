"""Settings of processes that push to the sandbox: a short window in which lost creates are sought."""

from tests.processes.settings import *  # noqa: F403

JIRA_PROBE_SECONDS = (0.2, 1.0, 4.0)
LEASE_SECONDS = 10
