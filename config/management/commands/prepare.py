"""`./gateline prepare`: bring the database up to date, and load the demo company if asked."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """One process instead of three: starting Django costs more than each command."""

    help = "Migrate; with --demo FILE also load the demo company and write its logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", metavar="FILE", help="where the logins are written")
        parser.add_argument("--jira", metavar="URL", help="the Jira of the demo")
        parser.add_argument("--jira-email", metavar="E")
        parser.add_argument("--jira-token", metavar="T")
        parser.add_argument("--jira-project", metavar="LINE=KEY", action="append", default=[])

    def handle(self, *_args: Any, demo: str | None, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if demo:
            call_command("load_demo", "--logins", demo, stdout=self.stdout)
        if options["jira"]:
            self._connect(options)

    def _connect(self, options: dict[str, Any]) -> None:
        for project in options["jira_project"]:
            line, key = project.split("=", 1)
            account = ["--email", options["jira_email"], "--token", options["jira_token"]]
            told = ["--base", options["jira"], *account, "--project", key]
            call_command("jira_connect", line, *told, stdout=self.stdout)
