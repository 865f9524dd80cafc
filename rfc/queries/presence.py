"""Who else has an RFC open right now, by the clock of the database."""

from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Now

from rfc.models import RFC, Presence


@dataclass(frozen=True)
class Present:
    """One person, and the most telling of their windows."""

    person: Any
    writing: bool
    section: str
    heading: str


def present_at(rfc: RFC, *, beside: Any = None) -> list[Present]:
    """Everybody but one, writers first, each once. One query."""
    found = Presence.objects.filter(rfc=rfc, until__gte=Now()).exclude(person=beside)
    rows = found.select_related("person").order_by("-writing", "since", "id")
    headings = {part["slug"]: part["heading"] for part in rfc.content}
    seen: dict[int, Present] = {}
    for row in rows:
        words = headings.get(row.section) or row.section.replace("-", " ").capitalize()
        seen.setdefault(row.person_id, Present(row.person, row.writing, row.section, words))
    return list(seen.values())
