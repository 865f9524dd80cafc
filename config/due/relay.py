"""The relay: woken by NOTIFY and by a timer, it claims due rows and hands them to the broker.

It decides nothing about the work. Two relays may run; either may die at any moment.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from config.due.claim import Claim, claim, due_models, next_due, release, room
from config.due.faults import fault
from config.due.hold import is_held
from config.due.models.row import CHANNEL
from config.due.slots import open_slots

log = logging.getLogger("gateline.due")

LONGEST_PAUSE = 10.0
WINDOW_PAUSE = 0.25
SHORTEST_PAUSE = 0.05
STOP_CHECK = 1.0


class Broker(Protocol):
    """What the relay needs of a broker; `config.due.publisher` speaks to the real one."""

    def ready(self) -> bool: ...
    def send(self, claim: Claim) -> bool: ...
    def close(self) -> None: ...


class Relay:
    """Runs until `stop` is set. Survives the database and the broker going away."""

    def __init__(self, broker: Broker, stop: threading.Event) -> None:
        self._broker = broker
        self._stop = stop
        self._broker_pause = 0.0
        self._next_timer = 0.0
        self._held = False

    def run(self) -> None:
        """Serve; after a lost database connection, wait a little longer each time."""
        pause = 0.5
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                self._serve()
            except (OperationalError, InterfaceError) as error:
                log.warning("The database does not answer: %s", error)
                connection.close()
                healthy = time.monotonic() - started > LONGEST_PAUSE
                pause = 0.5 if healthy else min(LONGEST_PAUSE, pause * 2)
                self._stop.wait(pause)
        self._broker.close()
        connection.close()

    def round(self) -> float:
        """Claim and hand on what is due; returns how many seconds nothing will be due."""
        if is_held():
            self._told_held()
            return float(settings.RELAY_TIMER_SECONDS)
        if time.monotonic() >= self._next_timer:
            self._next_timer = time.monotonic() + settings.RELAY_TIMER_SECONDS
            open_slots()
        if not self._broker.ready():
            return self._broker_away()
        pauses = [self._hand_on(model) for model in due_models()]
        if None in pauses:
            return self._broker_away()
        self._broker_pause = 0.0
        return min(pause for pause in pauses if pause is not None)

    def _told_held(self) -> None:
        if not self._held:
            log.warning(
                "This database is a copy, so nothing is sent. ./gateline release makes it the home."
            )
        self._held = True

    def _hand_on(self, model: Any) -> float | None:
        # None: the broker went away in between, the rest was given back.
        free = room(model)
        claims = claim(model, free) if free else []
        fault("due.claimed")
        for number, held in enumerate(claims):
            if not self._broker.send(held):
                release(claims[number:])
                return None
            fault("due.published")
        if len(claims) == free:
            return WINDOW_PAUSE
        left = next_due(model)
        timer = float(settings.RELAY_TIMER_SECONDS)
        return timer if left is None else min(timer, max(SHORTEST_PAUSE, left.total_seconds()))

    def _broker_away(self) -> float:
        self._broker_pause = min(LONGEST_PAUSE / 2, max(0.5, self._broker_pause * 2))
        return self._broker_pause

    def _serve(self) -> None:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        while not self._stop.is_set():
            pause = self.round()
            self._wait(pause, deaf=self._broker_pause > 0)

    def _wait(self, pause: float, *, deaf: bool) -> None:
        # While the broker is away the bell changes nothing, so it is not listened to.
        if deaf:
            self._stop.wait(pause)
            return
        end = time.monotonic() + pause
        listen: Callable[..., Any] = connection.connection.notifies
        while not self._stop.is_set() and (left := end - time.monotonic()) > 0:
            with connection.wrap_database_errors:
                rung = list(listen(timeout=min(left, STOP_CHECK), stop_after=1))
            if rung:
                return
