"""The registry of job kinds. `@job` declares one in an app's `tasks`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from config.due.errors import GiveUp

Run = Callable[[Any], None]


@dataclass(frozen=True)
class JobKind:
    """A function that does a Job, and what people call it."""

    name: str
    label: str
    run: Run


_registered: dict[str, JobKind] = {}


def job(name: str, *, label: str = "") -> Callable[[Run], Run]:
    """Declare a job kind. The function may run twice and must skip what is already done."""

    def register(run: Run) -> Run:
        known = _registered.get(name)
        if known is not None and known.run.__qualname__ != run.__qualname__:
            message = f"Two kinds of job are called {name!r}."
            raise ValueError(message)
        _registered[name] = JobKind(name, label or name, run)
        return run

    return register


def job_kind(name: str) -> JobKind:
    """The kind of this name. Raises GiveUp when this release knows none."""
    if name not in _registered:
        message = f"This release knows no kind of job called “{name}”."
        raise GiveUp(message)
    return _registered[name]


def kind_label(name: str) -> str:
    """What people call the kind; its name when this release does not know it."""
    return _registered[name].label if name in _registered else name
