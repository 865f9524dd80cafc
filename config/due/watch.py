"""Notices that the broker went away or is another one, because a worker may stay deaf after that.

Celery's consumer usually reconnects; in some cases it logs an error and never listens again
(celery/kombu issues 8030, 9054, 10205). A fresh start after each loss is certain.
"""

import logging
import threading
import time
from collections.abc import Callable

from celery import Celery

from config.due.publisher import PATIENCE, UNREACHABLE

log = logging.getLogger("gateline.due")

PAUSE = 1.0
# Longer than the relay's: a busy machine may answer late, and a needless restart costs seconds.
WAIT = {**PATIENCE, "socket_timeout": 5.0}


def watch_broker(app: Celery, lost: Callable[[], None]) -> threading.Thread:
    """Start a thread that calls `lost` once the broker answers again after it was away."""
    thread = threading.Thread(target=_watch, args=(app, lost), daemon=True, name="broker-watch")
    thread.start()
    return thread


def _watch(app: Celery, lost: Callable[[], None]) -> None:
    known, away = "", False
    while True:
        found = _run_id(app)
        if found and known and (away or found != known):
            lost()
            return
        away = away or (bool(known) and not found)
        known = known or found
        time.sleep(PAUSE)


def _run_id(app: Celery) -> str:
    """The broker's own id of this run; empty while it does not answer."""
    options = {**app.conf.broker_transport_options, **WAIT, "max_retries": 1, "interval_start": 0}
    try:
        with app.connection_for_write(transport_options=options, connect_timeout=5) as connection:
            return str(connection.default_channel.client.info("server")["run_id"])
    except UNREACHABLE:
        return ""
