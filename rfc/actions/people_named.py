"""People whom documents name: found by address or handle, else made inactive. Never guessed."""

from collections.abc import Iterable

from accounts.models import Person
from rfc.importing.documents import PersonNamed

UNKNOWN = "unknown-author"


def known_people(named: Iterable[PersonNamed]) -> list[Person]:
    """One person per name, in order, each once. New ones are inactive and cannot sign in."""
    people: dict[int, Person] = {}
    for each in named:
        person = _person(each)
        people.setdefault(person.pk, person)
    return list(people.values())


def unknown_author() -> Person:
    """Stands for the author of a document that names none."""
    made, _ = Person.objects.get_or_create(
        handle=UNKNOWN, defaults={"name": "Unknown author", "is_active": False}
    )
    return made


def _person(named: PersonNamed) -> Person:
    """By address, then by handle. Two people may share a name, so a name alone only finds
    somebody whom an import made under that name.
    """
    handle = named.handle.lower().lstrip("@")[:120]
    if named.email:
        found = Person.objects.filter(email__iexact=named.email).first()
        if found:
            return found
    handle = handle or (named.name or named.raw).strip().lower()[:120]
    name = (named.name or (f"@{named.handle.lstrip('@')}" if named.handle else named.raw))[:120]
    made, _ = Person.objects.get_or_create(
        handle=handle, defaults={"name": name, "is_active": False}
    )
    return made
