"""Mails about a person's own account. Everything else is told through `accounts.actions.telling`."""

from accounts.models import Letter, Person


def write_letter(person: Person, *, key: str, subject: str, text: str, path: str) -> None:
    """Promise one mail about the account itself: at once, whatever the hour; nobody unsubscribes.

    Call it in the act's transaction; the same `key` is mailed once.
    """
    if person.is_active and person.email:
        letter = Letter(person=person, key=key, subject=subject[:200], text=text, path=path)
        Letter.objects.bulk_create([letter], ignore_conflicts=True)
