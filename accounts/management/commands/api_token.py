"""`manage.py api_token EMAIL`: a new token for the API, printed once and stored only as a hash."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import make_personal_token
from accounts.models import Person, Scope
from config.flow.errors import Refusal


class Command(BaseCommand):
    """Prints the token and nothing else, so that scripts can read it."""

    help = "Prints a new API token of a person (Authorization: Bearer …)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")
        parser.add_argument("--name", default="Made on the command line")
        parser.add_argument("--scope", default=Scope.WRITE, choices=Scope.values)
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = Person.objects.active().filter(email__iexact=email.strip()).first()
        if person is None:
            message = f"Nobody who can sign in has the address {email}."
            raise CommandError(message)
        told = {name: options[name] for name in ("name", "scope", "days")}
        try:
            _token, secret = make_personal_token(actor=person, **told)
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.sentences)) from None
        self.stdout.write(secret)
