"""Named fault points for kill tests. Inert unless `GATELINE_FAULTS` arms them.

Either `jira.sent=kill@3,due.worked=error` (counted in this process), or `dir:/some/folder` with one
file per armed point, named `jira.sent=kill@3`. A pass lowers the number in the name, the pass that
takes the last one fires; renaming is atomic, so a fault fires once however many processes pass.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from django.conf import settings


class InjectedFault(Exception):
    """The error that an armed `error` fault raises."""


def fault(point: str) -> None:
    """Pass the point; does nothing unless it is armed."""
    armed = settings.GATELINE_FAULTS
    if armed:
        action = _from_folder(Path(armed[4:]), point) if armed.startswith("dir:") else _own(point)
        if action:
            _ACTIONS[action](point)


def arm(folder: Path, point: str, action: str = "kill", on_pass: int = 1) -> Path:
    """Arm a point for one firing, on its `on_pass`-th pass over all processes."""
    flag = folder / f"{point}={action}@{on_pass}"
    flag.touch()
    return flag


def _kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop(_: str) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _error(point: str) -> None:
    message = f"Fault armed at {point}."
    raise InjectedFault(message)


_ACTIONS: dict[str, Callable[[str], None]] = {"kill": _kill, "stop": _stop, "error": _error}
_passes: dict[str, int] = {}


def _own(point: str) -> str:
    for entry in settings.GATELINE_FAULTS.split(","):
        name, _, rest = entry.strip().partition("=")
        action, _, number = rest.partition("@")
        if name == point:
            _passes[point] = _passes.get(point, 0) + 1
            return action if _passes[point] == int(number or 1) else ""
    return ""


def _from_folder(folder: Path, point: str) -> str:
    for flag in sorted(folder.glob(f"{point}=*")):
        action, _, number = flag.name.partition("=")[2].partition("@")
        left = int(number or 1) - 1
        try:
            if left:
                flag.rename(folder / f"{point}={action}@{left}")
                return ""
            flag.unlink()
        except FileNotFoundError:
            continue  # another process passed at the same moment and took it
        return action
    return ""
