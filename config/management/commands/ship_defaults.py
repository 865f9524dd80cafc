"""`manage.py ship_defaults`: load the data Gateline ships with, where it is missing."""

from typing import Any

from django.core.management.base import BaseCommand

from config.flow.signals import ship_defaults


class Command(BaseCommand):
    """Safe to repeat: what an administrator changed stays."""

    help = "Loads reporting lines, sources and the RFC template where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        ship_defaults.send(sender=Command)
        self.stdout.write("Shipped data is in place.")
