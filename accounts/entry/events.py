"""Write down what happens at the door, with the place and the device it came from."""

from typing import Any

from accounts.entry.places import device_of, place_of
from accounts.models import SignInEvent

Kind = SignInEvent.Kind


def happened(person: Any, kind: str, request: Any, note: str = "") -> None:
    """Add an event to a person's trail. Nothing for nobody."""
    if person is None or person.pk is None:
        return
    SignInEvent.objects.create(
        person=person,
        kind=kind,
        note=note[:400],
        place=place_of(request),
        device=device_of(request),
    )
