"""`./gateline hold`: no mail, push or webhook leaves this database until it is released."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand

from config.due.hold import hold


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Let due work stand still until ./gateline release."

    def handle(self, *_args: Any, **_options: Any) -> None:
        hold()
        self.stdout.write("Due work stands still. ./gateline release lets it go on.")
