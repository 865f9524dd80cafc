"""`./gateline relay`: hands due rows to the broker until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from config.celery import app
from config.due.publisher import Publisher, UnsafeBroker
from config.due.relay import Relay


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Hand due work to the workers. Two may run at once; SIGTERM ends it in order."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            Relay(Publisher(app), stop).run()
        except UnsafeBroker as unsafe:
            raise CommandError(str(unsafe)) from None
