"""`./gateline backup make|drill|restore FOLDER`."""

from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.making import make_backup
from config.backup.programs import BackupError
from config.backup.restoring import Drill, drill, restore

MOST = 50


class Command(BaseCommand):
    requires_system_checks = (Tags.models,)  # needs no page and no address
    help = "Back up database and files, restore them, or try a restore and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        make = acts.add_parser("make", help="write a new backup below FOLDER")
        trial = acts.add_parser("drill", help="restore a backup beside our database and compare")
        back = acts.add_parser("restore", help="restore a backup into an empty database")
        for act in (make, trial, back):
            act.add_argument("folder", type=Path)

    def handle(self, *_args: Any, act: str, folder: Path, **_options: Any) -> None:
        try:
            if act == "make":
                self.stdout.write(f"{make_backup(folder)}")
            else:
                self.tell(drill(folder) if act == "drill" else restore(folder))
        except BackupError as error:
            raise CommandError(str(error)) from error

    def tell(self, found: Drill) -> None:
        """How the copy compares."""
        for sentence in found.differences[:MOST]:
            self.stdout.write(sentence)
        for finding in found.trail.findings[:MOST]:
            self.stdout.write(f"{finding.kind}: {finding.sentence}")
        said = (
            f"{found.rows} rows in {found.tables} tables and {found.files} files compared, "
            f"{len(found.differences)} differences; {found.trail.entries} sealed changes walked."
        )
        if not found.passed:
            reason = "" if found.held else " The copy would have sent what waits in it."
            raise CommandError(f"The copy is not what was backed up. {said}{reason}")
        self.stdout.write(f"The copy is what was backed up. {said}")
        self.stdout.write("It sends nothing until ./gateline release.")
