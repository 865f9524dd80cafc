"""`manage.py jira_connect LINE --base URL --email E --token T --project KEY`: connect a line to Jira."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import BusinessLine
from config.due.jobs import run_here
from config.due.models import DueState, Job
from config.flow.errors import Refusal
from initiatives.actions.jira_connection import connect_jira
from initiatives.models import JiraConnection

PATIENCE_SECONDS = 15


class Command(BaseCommand):
    """Creates or changes the connection, then asks Jira whether it works."""

    help = "Creates or changes the Jira connection of a business line and checks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("line", help="the short name of the line, such as payments")
        parser.add_argument("--base", required=True, metavar="URL")
        parser.add_argument("--email", required=True, metavar="E")
        parser.add_argument("--token", required=True, metavar="T")
        parser.add_argument("--project", required=True, metavar="KEY")
        parser.add_argument("--browse", default="", metavar="URL", help="where people open issues")

    def handle(self, *_args: Any, line: str, **told: Any) -> None:
        found = BusinessLine.objects.filter(slug=line).first()
        if found is None:
            names = ", ".join(BusinessLine.objects.values_list("slug", flat=True)) or "none yet"
            message = f"There is no line “{line}”. Known are: {names}."
            raise CommandError(message)
        try:
            connection, job = connect_jira(
                line=found,
                actor=None,
                base_url=told["base"],
                browse_url=told["browse"],
                email=told["email"],
                token=told["token"],
                project_key=told["project"],
                here=True,
            )
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.sentences)) from None
        self._check(job)
        self._say(JiraConnection.objects.select_related("line").get(pk=connection.pk))

    def _check(self, job: Job) -> None:
        # A Jira that is just starting gets a moment; afterwards the relay goes on by itself.
        end = time.monotonic() + PATIENCE_SECONDS
        while run_here(job) == "later" and job.state == DueState.DUE and time.monotonic() < end:
            time.sleep(0.5)

    def _say(self, connection: JiraConnection) -> None:
        said = f"{connection}: {connection.get_state_display()}. {connection.state_note}"
        if connection.state == JiraConnection.State.REFUSED:
            raise CommandError(said)
        self.stdout.write(said)
