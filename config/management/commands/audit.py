"""`./gateline audit seal|verify|head|protect ROLE`: the chain of the audit trail."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.audit.heads import write_head
from config.audit.role import protect
from config.audit.sealing import last_seal, seal
from config.audit.verifying import Report, verify

MOST = 100


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Seal what changed, verify the whole chain, or bind the app's database role."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("seal", help="add what was committed to the chain now")
        acts.add_parser("verify", help="walk the whole chain; status 1 when something was altered")
        acts.add_parser("head", help="print the newest seal and write it to the file of heads")
        bind = acts.add_parser("protect", help="let a database role add to the trail, never alter")
        bind.add_argument("role", help="the role the running app connects as")

    def handle(self, *_args: Any, act: str, role: str = "", **_options: Any) -> None:
        if act == "seal":
            self.stdout.write(f"{seal()} changes were sealed.")
        elif act == "verify":
            self.tell(verify())
        elif act == "head":
            write_head()
            position, chain = last_seal()
            self.stdout.write(f"{position} {chain}")
        else:
            self.bind(role)

    def tell(self, report: Report) -> None:
        """What the walk found, in sentences."""
        for finding in report.findings[:MOST]:
            self.stdout.write(f"{finding.kind}: {finding.sentence}")
        if len(report.findings) > MOST:
            self.stdout.write(f"… and {len(report.findings) - MOST} more.")
        walked = f"{report.entries} entries walked, {report.waiting} changes wait for the sealer."
        if not report.sound:
            raise CommandError(f"The trail was altered. {walked}")
        self.stdout.write(f"The trail is whole. {walked}")

    def bind(self, role: str) -> None:
        """Give the role its rights."""
        try:
            for statement in protect(role):
                self.stdout.write(f"{statement};")
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
