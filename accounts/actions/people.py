"""Verbs about people themselves: written down, named anew, taken back."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.actions.names import a_name
from accounts.models import BusinessLine, Invitation, Membership, Person, ReportsTo
from accounts.permissions import may_found, may_staff
from config.flow.errors import NotAllowed, NotYours


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
    made = Person(email=email, name=a_name(name))
    made.set_unusable_password()
    made.save()
    return made


@transaction.atomic
def rename_person(*, actor: Person, person: Person, name: str) -> Person:
    """Another name for somebody; for administrators and the CPO."""
    if not may_found(actor):
        raise NotYours(_("Names of others are changed by administrators and the CPO."))
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    locked.name = a_name(name)
    locked.save(update_fields=["name"])
    return locked


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
