"""What a person changes about the own account."""

from typing import Any

from django.db import transaction

from accounts.actions.names import a_name
from accounts.models import PasswordResetMail, Person


@transaction.atomic
def change_settings(*, person: Person, **settings: Any) -> Person:
    """Change one's own name, time zone, theme, letter keys or density."""
    allowed = {"name", "time_zone", "theme", "letter_keys", "home_line", "density"}
    kept = {name: value for name, value in settings.items() if name in allowed}
    if "name" in kept:
        kept["name"] = a_name(kept["name"])
    for name, value in kept.items():
        setattr(person, name, value)
    person.save(update_fields=list(kept))
    return person


@transaction.atomic
def ask_for_password_reset(*, email: str) -> None:
    """Promise a mail to the person who signs in with this address, if there is one. Takes the same
    way for everybody, so that nobody learns who is here.
    """
    person = Person.objects.active().filter(email__iexact=email.strip()).first()
    if person is not None:
        waiting = PasswordResetMail(person=person)
        PasswordResetMail.objects.bulk_create([waiting], ignore_conflicts=True)
