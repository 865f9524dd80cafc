"""`./gateline probe`: sends a probe job round and says whether relay and worker turn."""

import time
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.due.jobs import start_job
from config.due.models import DueState


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Wait until a probe job has gone round through relay, broker and worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--timeout", type=float, default=30, help="seconds")

    def handle(self, *_args: Any, timeout: float, **_options: Any) -> None:
        task = start_job(kind="probe", owner=None, title="Probe from the command line")
        started = time.monotonic()
        while task.state != DueState.DONE:
            if time.monotonic() - started > timeout:
                message = (
                    f"No worker answered within {timeout:g} seconds. "
                    "Start `./gateline relay` and `./gateline worker`, and see their output."
                )
                raise CommandError(message)
            time.sleep(0.1)
            task.refresh_from_db()
        self.stdout.write(f"A probe went round in {time.monotonic() - started:.1f} s.")
