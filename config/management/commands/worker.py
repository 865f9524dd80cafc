"""`./gateline worker`: a Celery worker with the options this design needs."""

import os
import sys
from contextlib import suppress
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.celery import app
from config.due.publisher import Publisher, UnsafeBroker
from config.due.watch import watch_broker

# No remote control, gossip, mingle or heartbeat: each would make Redis more than a doorbell.
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Do due work. Any number may run; SIGTERM lets the present work end."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--queues", default="due,jobs", help="due, jobs or both")
        parser.add_argument("--pool", default="prefork", choices=["prefork", "solo"])

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            Publisher(app).ready()
        except UnsafeBroker as unsafe:
            raise CommandError(str(unsafe)) from None
        _reap_former_children()
        watch_broker(app, start_afresh)
        app.worker_main(
            [
                "worker",
                *QUIET,
                f"--concurrency={options['concurrency']}",
                f"--queues={options['queues']}",
                f"--pool={options['pool']}",
                "--loglevel=WARNING",
            ]
        )


def start_afresh() -> None:
    """Become a new worker under the same process id, so that no supervisor is needed for it.

    Pool processes end what they are doing by themselves; their rows are finished by token.
    """
    sys.stderr.write("The broker was away; the worker starts afresh.\n")
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - our own command again


def _reap_former_children() -> None:
    """Children of the worker this process was before; they ended when it did."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
