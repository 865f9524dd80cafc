"""Logs of every process: one line an event, as text or JSON, each with its request or due row.

What may stand in a line: keys, names of routes, counts, states. Never a secret, a token, a body,
a query string or an e-mail address.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Every line of ours and of the libraries gets these; the context holds `request` or `due`.
SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def logging_settings(*, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, which the launcher keeps in files."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [structlog.stdlib.ExtraAdder(), _named, *SHARED],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_ending(as_json=as_json),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "gateline": {"level": "INFO"},
            # It writes whole addresses, and that of a chat room is a secret.
            "httpx": {"level": "WARNING"},
            # A refusal is told to the person; only what is broken belongs into the log.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "WARNING"},
        },
    }


def _named(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """Django hands over its whole request, with an address that may hold a link's secret: its route
    says as much, and `request` stays the reference the person was shown.
    """
    request = event.get("request")
    if request is not None and not isinstance(request, str):
        del event["request"]
        match = getattr(request, "resolver_match", None)
        event["route"] = (match.view_name or match.route) if match else "missing"
        event["event"] = str(event["event"]).partition(":")[0]
    return event


def _ending(*, as_json: bool) -> list[Processor]:
    if as_json:
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return [_flat, structlog.dev.ConsoleRenderer(colors=False)]


def _flat(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """No text begins a line of its own or speaks to a terminal; tracebacks keep their lines."""
    for name, value in event.items():
        if isinstance(value, str) and name not in {"exception", "stack"}:
            event[name] = _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], value)
    return event


@contextmanager
def about(**context: str) -> Iterator[None]:
    """While this runs, every line names the request or the due row it belongs to."""
    with structlog.contextvars.bound_contextvars(**context):
        yield


def logger(name: str) -> logging.Logger:
    """The logger `gateline.<name>`; facts go into `extra`."""
    return logging.getLogger(f"gateline.{name}")
