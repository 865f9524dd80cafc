"""`./gateline prepare`: bring the database up to date, and load the demo company if asked."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """One process instead of two: starting Django costs more than either command."""

    help = "Migrate; with --demo FILE also load the demo company and write its logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", metavar="FILE", help="where the logins are written")
        parser.add_argument("--jira", metavar="URL", default="", help="the Jira of the demo")

    def handle(self, *_args: Any, demo: str | None, jira: str, **_options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if demo:
            call_command("load_demo", logins=demo, jira=jira)
