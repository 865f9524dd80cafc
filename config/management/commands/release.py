"""`./gateline release`: a restored copy becomes the home; what waits in it is sent from now on."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.due.hold import is_held, release
from config.due.queries import standings


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Let due work go on in a restored copy; says first what waits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="release without further question")

    def handle(self, *_args: Any, yes: bool, **_options: Any) -> None:
        if not is_held():
            self.stdout.write("Nothing is held here.")
            return
        for one in standings():
            if one.due:
                self.stdout.write(f"{one.kind}: {one.due} waiting")
        if not yes:
            message = (
                "This would be sent from here, also where the original sent it after the copy was "
                "made. Repeat with --yes to release."
            )
            raise CommandError(message)
        release()
        self.stdout.write("Released: due work goes on here.")
