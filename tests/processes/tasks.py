"""Kinds of job that only tests start."""

import time

from config.due.errors import TryLater
from config.due.jobs import job


@job("test.items")
def items(task):
    """Leave one line per item; looks before it repeats, as every job must."""
    for number in range(1, task.payload["items"] + 1):
        task.check_cancel()
        if not task.lines.filter(text=f"item {number}").exists():
            task.note(f"item {number}")
        task.progress(number, task.payload["items"])
        time.sleep(task.payload.get("pause", 0))


@job("test.fails")
def fails(task):
    """Fail until the given attempt."""
    task.note(f"attempt {task.attempts}")
    if task.attempts < task.payload["until"]:
        message = "The other side said no."
        raise ValueError(message)


@job("test.later")
def later(task):
    """Ask twice for a later moment, then end."""
    seen = task.counts.get("asked", 0)
    if seen < 2:
        task.progress(0, asked=seen + 1)
        raise TryLater(0.2, "The index is not ready yet.")
