"""One Gateline at a time runs servers on a data folder; the others use them or wait."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.launch.errors import CannotRun
from config.launch.places import Place


@contextmanager
def hold(place: Place, kind: str) -> Iterator[None]:
    """Become the one that runs servers here; wait for a short command, refuse beside a demo."""
    waited = False
    while not place.take():
        other = place.published()
        if other.get("kind") in {"demo", "serve"}:
            raise CannotRun(
                f"Gateline already runs here (process {other['pid']}) at {other['address']}. "
                "Stop it first, or name another folder with GATELINE_DATA."
            )
        if not waited:
            print(f"Waiting for another command on {place.folder}.", file=sys.stderr, flush=True)
            waited = True
        time.sleep(0.1)
    try:
        place.publish(kind=f"starting {kind}")
        yield
    finally:
        place.leave()


@contextmanager
def open_to_others(place: Place, kind: str, **facts: Any) -> Iterator[None]:
    """Other commands may use what runs here; once it begins to end they wait instead."""
    place.publish(kind=kind, **facts)
    try:
        yield
    finally:
        place.publish(kind=f"ending {kind}")
