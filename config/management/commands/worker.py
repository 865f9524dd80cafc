"""`./gateline worker`: a Celery worker with the options this design needs."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.celery import app
from config.due.publisher import Publisher, UnsafeBroker

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
