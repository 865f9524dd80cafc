"""To whom somebody reports, by name, on both lines of reporting. A circle is refused."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import Person, ReportsTo
from accounts.permissions import lines_staffed_by
from config.flow.errors import NotAllowed, NotYours

KINDS = ("divisional", "functional")
MOST_ABOVE = 50
LOCK = 7_215_011


def may_place(actor: Any, person: Person) -> bool:
    """Whether the actor says to whom the person reports: administrators and the CPO, and whoever
    keeps a line in which the person works.
    """
    if not actor.is_authenticated:
        return False
    lines = lines_staffed_by(actor)
    if lines is None:
        return True
    return bool(lines & {m.in_line_id for m in person.current_memberships()})


def must_place(actor: Any, person: Person) -> None:
    """Raise NotYours for who may not say it."""
    if not may_place(actor, person):
        raise NotYours(
            _(
                "To whom somebody reports is said by administrators, the chief product officer and "
                "the leader of a line the person works in."
            )
        )


@transaction.atomic
def set_superiors(*, actor: Person, person: Person, **told: Person | None) -> ReportsTo:
    """Say to whom somebody reports, by division, by function, or both."""
    must_place(actor, person)
    one_at_a_time()
    row = ReportsTo.objects.filter(person=person).first() or ReportsTo(person=person)
    for kind in KINDS:
        if kind in told:
            superior = told[kind]
            if superior is not None:
                _must_be_above(person, superior, kind)
            setattr(row, kind, superior)
    row.save()
    return row


def one_at_a_time() -> None:
    """Hold until the transaction ends. A circle may close through anybody, also through two people
    who had no row yet, so that locking rows is not enough.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def circle_with(person: Person, superior: Person, kind: str) -> list[Person]:
    """The circle that would close if the person reported there; empty when there is none."""
    path: list[Person] = [person]
    at: Person | None = superior
    while at is not None and len(path) < MOST_ABOVE:
        if at == person:
            return [*path, person]
        path.append(at)
        found = ReportsTo.objects.filter(person=at).select_related(kind).first()
        at = getattr(found, kind) if found else None
    return []


def circle_words(circle: list[Person]) -> str:
    """What is wrong about a circle, in a sentence."""
    names = " → ".join(str(one) for one in circle)
    return _("The line of reporting would run in a circle: %s.") % names


def _must_be_above(person: Person, superior: Person, kind: str) -> None:
    if not superior.is_active:
        raise NotAllowed(_("%s has left and nobody reports there.") % superior)
    circle = circle_with(person, superior, kind)
    if circle:
        raise NotAllowed(circle_words(circle))
