"""Who is behind a request that could only be made after signing in."""

from typing import Any

from accounts.models import Person


def signed_in(request: Any) -> Person:
    """The person of a page or API request; the face has refused everybody else before."""
    person = request.user
    assert isinstance(person, Person)
    return person
