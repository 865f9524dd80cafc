"""Verbs about people themselves: written down, named anew, to whom they report, taken back."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Invitation, Membership, Person, ReportsTo
from accounts.permissions import lines_staffed_by, may_found, may_staff
from config.flow.errors import NotAllowed, NotYours

KINDS = ("divisional", "functional")
MOST_ABOVE = 50


@transaction.atomic
def add_person(*, actor: Person, name: str, email: str, line: BusinessLine | None = None) -> Person:
    """Write somebody down who has not been here: without a password and without a mail."""
    if not (may_found(actor) or (line is not None and may_staff(actor, line))):
        raise NotYours(
            _("Somebody without a role in a line is added by administrators and the CPO.")
        )
    email = email.strip().lower()
    if Person.objects.filter(email__iexact=email).exists():
        raise NotAllowed(_("%s is here already.") % email)
    made = Person(email=email, name=name.strip())
    made.set_unusable_password()
    made.save()
    return made


@transaction.atomic
def rename_person(*, actor: Person, person: Person, name: str) -> Person:
    """Another name for somebody; for administrators and the CPO."""
    if not may_found(actor):
        raise NotYours(_("Names of others are changed by administrators and the CPO."))
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    locked.name = name.strip()
    locked.save(update_fields=["name"])
    return locked


def may_place(actor: Any, person: Person) -> bool:
    """Whether the actor says to whom the person reports: administrators and the CPO, and whoever
    keeps a line in which the person works.
    """
    lines = lines_staffed_by(actor)
    if lines is None:
        return True
    return bool(lines & {m.in_line_id for m in person.current_memberships()})


@transaction.atomic
def set_superiors(*, actor: Person, person: Person, **told: Person | None) -> ReportsTo:
    """Say to whom somebody reports, by division, by function, or both."""
    if not may_place(actor, person):
        raise NotYours(
            _(
                "To whom somebody reports is said by administrators, the chief product officer and "
                "the leader of a line the person works in."
            )
        )
    # One at a time, since a circle may close through anybody.
    list(ReportsTo.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    row = ReportsTo.objects.filter(person=person).first() or ReportsTo(person=person)
    for kind in KINDS:
        if kind in told:
            superior = told[kind]
            if superior is not None:
                _must_be_above(person, superior, kind)
            setattr(row, kind, superior)
    row.save()
    return row


def _must_be_above(person: Person, superior: Person, kind: str) -> None:
    if not superior.is_active:
        raise NotAllowed(_("%s has left and nobody reports there.") % superior)
    path: list[Person] = [person]
    at: Person | None = superior
    while at is not None and len(path) < MOST_ABOVE:
        if at == person:
            names = " → ".join(str(p) for p in [*path, person])
            raise NotAllowed(_("The line of reporting would run in a circle: %s.") % names)
        path.append(at)
        found = ReportsTo.objects.filter(person=at).select_related(kind).first()
        at = getattr(found, kind) if found else None


@transaction.atomic
def take_back_people(*, actor: Person, given: dict[int, list[int]]) -> None:
    """Unmake people who were written down and never came, with the roles `given` then, by id. All
    or none: refuses when anything happened to one of them since.
    """
    people = list(Person.objects.select_for_update().filter(pk__in=given))
    held: dict[int, list[Membership]] = {person.pk: [] for person in people}
    rows = Membership.objects.filter(person__in=given).select_related("line", "team__line")
    for row in rows:
        held[row.person_id].append(row)
    for person in people:
        _must_be_untouched(actor, person, held[person.pk], given[person.pk])
    addresses = [person.email for person in people]
    Invitation.objects.open().filter(email__in=addresses).update(revoked_at=Now())
    try:
        with transaction.atomic():
            ReportsTo.objects.filter(person__in=people).delete()
            rows.delete()
            Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    except (ProtectedError, RestrictedError) as error:
        said = _("%s stays: something was added since.")
        raise NotAllowed(*(said % person for person in people)) from error


def _must_be_untouched(
    actor: Person, person: Person, held: list[Membership], given: list[int]
) -> None:
    changed = {m.pk for m in held} != set(given) or any(m.ended_at for m in held)
    if not person.never_came or changed:
        raise NotAllowed(_("%s stays: something changed since.") % person)
    if not held and not may_found(actor):
        raise NotYours(_("%s is taken back by administrators and the CPO.") % person)
    for membership in held:
        line = membership.team.line if membership.team else membership.line
        if not may_staff(actor, line):
            raise NotYours(_("Roles in %s are taken back by whoever keeps it.") % line)
