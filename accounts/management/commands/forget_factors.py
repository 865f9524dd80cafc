"""`manage.py forget_factors EMAIL --checked HOW`: a person who lost every second step signs in by password again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import forget_factors
from accounts.models import Person
from config.flow.errors import Refusal


class Command(BaseCommand):
    """Run it only after making sure who asks; the person is told by mail."""

    help = "Removes the second steps of a person and ends the sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument(
            "--checked", required=True, help="how you made sure who asks, in a few words"
        )

    def handle(self, *args: Any, email: str, checked: str, **options: Any) -> None:
        person = Person.objects.active().filter(email__iexact=email.strip()).first()
        if person is None:
            message = f"Nobody who can sign in has the address {email}."
            raise CommandError(message)
        try:
            removed = forget_factors(person=person, checked=checked)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{removed} second steps of {person} are removed; a mail tells of it.")
