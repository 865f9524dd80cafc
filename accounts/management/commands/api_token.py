"""`manage.py api_token EMAIL`: a new token for the API, printed once and stored only as a hash."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from knox.models import AuthToken

from accounts.models import Person


class Command(BaseCommand):
    """Prints the token and nothing else, so that scripts can read it."""

    help = "Prints a new API token of a person (Authorization: Token …)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = Person.objects.active().filter(email__iexact=email.strip()).first()
        if person is None:
            message = f"Nobody who can sign in has the address {email}."
            raise CommandError(message)
        _row, token = AuthToken.objects.create(person)  # type: ignore[no-untyped-call]
        self.stdout.write(token)
