"""Logs of every process: one line an event, as text or JSON, each with its request or due row.

What may stand in a line: keys, names of routes, counts, states. Never a secret, a token, a body,
a query string or an e-mail address.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from structlog.typing import Processor

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
                "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder()],
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


def _ending(*, as_json: bool) -> list[Processor]:
    if as_json:
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return [structlog.dev.ConsoleRenderer(colors=False)]


@contextmanager
def about(**context: str) -> Iterator[None]:
    """While this runs, every line names the request or the due row it belongs to."""
    with structlog.contextvars.bound_contextvars(**context):
        yield


def logger(name: str) -> logging.Logger:
    """The logger `gateline.<name>`; facts go into `extra`."""
    return logging.getLogger(f"gateline.{name}")
