"""Periodic work of the pages' plumbing."""

from config.due.periodic import every
from config.web.sweeping import sweep


@every(name="web.sweep_files", hours=24)
def sweep_files() -> None:
    """Files that no row names go a day after they were written."""
    sweep()
