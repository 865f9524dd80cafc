"""`import_rfcs DIR`: reads a folder of Markdown RFCs, says what became of each file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Person
from config.due.jobs import run_here
from config.flow.errors import Refusal
from rfc.actions.import_run import ask_for_import


class Command(BaseCommand):
    """Importing again changes nothing; a changed document makes one new revision."""

    help = "Import a folder of Markdown RFCs (front matter, a list at the head, or kep.yaml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen.")
        parser.add_argument("--as", dest="email", help="The administrator who imports.")

    def handle(
        self, *args: Any, folder: str, dry_run: bool, email: str | None, **options: Any
    ) -> None:
        actor = Person.objects.filter(email__iexact=email).first() if email else None
        if email and actor is None:
            raise CommandError(f"Nobody has the address {email}.")
        try:
            job = ask_for_import(actor=actor, folder=folder, dry_run=dry_run, here=True)
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.sentences)) from refusal
        run_here(job)
        if "summary" not in job.result:
            raise CommandError(job.last_error or "The import did not finish.")
        self._say(job.result)
        if job.counts.get("failed"):
            raise SystemExit(1)

    def _say(self, result: dict[str, Any]) -> None:
        for row in result["files"]:
            self.stdout.write(f"{row['action']:9} {row['key']:8} {row['path']}")
            for sentence in row["said"]:
                self.stdout.write(f"          - {sentence}")
        for row in result["skipped"]:
            self.stdout.write(f"skipped            {row['path']}: {row['reason']}")
        self.stdout.write(result["summary"])
