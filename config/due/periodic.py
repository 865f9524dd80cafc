"""The registry of periodic work. `@every` declares it in an app's `tasks`; slots are rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from config.due.errors import GiveUp


@dataclass(frozen=True)
class Periodic:
    """A function that runs once per slice of time."""

    name: str
    interval: timedelta
    run: Callable[[], None]


_registered: dict[str, Periodic] = {}


def every(
    *, name: str, hours: float = 0, minutes: float = 0, seconds: float = 0
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare periodic work. The function may run twice for one slot and must stand it."""
    interval = timedelta(hours=hours, minutes=minutes, seconds=seconds)

    def register(run: Callable[[], None]) -> Callable[[], None]:
        known = _registered.get(name)
        if known is not None and known.run.__qualname__ != run.__qualname__:
            message = f"Two pieces of periodic work are called {name!r}."
            raise ValueError(message)
        _registered[name] = Periodic(name, interval, run)
        return run

    return register


def all_periodic() -> list[Periodic]:
    """Everything declared, in order of name."""
    return [_registered[name] for name in sorted(_registered)]


def periodic_work(name: str) -> Callable[[], None]:
    """The function of this name. Raises GiveUp when this release knows none."""
    if name not in _registered:
        message = f"This release knows no periodic work called “{name}”."
        raise GiveUp(message)
    return _registered[name].run
