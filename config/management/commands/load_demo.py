"""Loads the demo company once; writes its logins to a file where one is named."""

import json
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Person
from initiatives.actions.gate_summary import settle_doubts
from initiatives.demo.company import DOMAIN, found_company
from initiatives.demo.inbox import fill_inboxes
from initiatives.demo.leaver import somebody_leaves
from initiatives.demo.numbers import measure_company
from initiatives.demo.stories import Stories


class Command(BaseCommand):
    """`load_demo [--logins FILE]`: loading twice changes nothing."""

    help = "Load Harbourlight, a fictional company with initiatives in every phase."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", type=Path, help="Write the logins as JSON to this file.")

    def handle(self, *args: Any, logins: Path | None, **options: Any) -> None:
        if Person.objects.filter(email__endswith=f"@{DOMAIN}").exists():
            self.stdout.write("The demo company is there already.")
            return
        password = f"gateline-demo-{secrets.token_hex(4)}"
        with transaction.atomic():
            company = found_company(password)
            Stories(company, measure_company(company)).tell()
            somebody_leaves(company)
            fill_inboxes(company)
        # Home says from the first look on what gates lack; the periodic work would in a moment.
        settle_doubts()
        if logins:
            logins.parent.mkdir(parents=True, exist_ok=True)
            logins.write_text(json.dumps(company.logins, indent=1))
            logins.chmod(0o600)
        self.stdout.write(f"{len(company.logins)} people sign in with {password}")
