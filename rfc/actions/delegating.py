"""Handing one's reviewing function to somebody while one is away, and taking it back early."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import News, tell
from accounts.models import REVIEW_FUNCTIONS, Person, Reason, Role, Tab
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.models import Delegation

LONGEST_DAYS = 366


@transaction.atomic
def delegate(
    *,
    actor: Any,
    delegate: Person,
    function: str,
    ends_on: date,
    starts_on: date | None = None,
    reason: str = "",
) -> Delegation:
    """Let somebody answer for one of one's own functions until a day, that day included.

    The delegate is told by mail. Nothing that was delegated can be handed on.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    starts = starts_on or timezone.localdate()
    _must_hold(actor, function)
    _must_fit(person, delegate, starts, ends_on)
    _must_be_free(person, function, starts, ends_on)
    made = Delegation.objects.create(
        person=person,
        delegate=delegate,
        function=function,
        starts_on=starts,
        ends_on=ends_on,
        reason=reason.strip()[:300],
    )
    label = Role(function).label
    news = News(
        None,
        "delegation",
        f"You answer for {label} in place of {person.name}",
        key=f"delegation:{made.pk}",
        text=f"{person.name} asks you to answer reviews for {label} from {starts:%-d %B %Y} to "
        f"{ends_on:%-d %B %Y}. {made.reason}".strip(),
        path="/rfcs/queue",
    )
    tell({delegate: Reason.STAND_IN}, news, tab=Tab.DECIDE, actor=actor)
    return made


@transaction.atomic
def end_delegation(*, actor: Any, delegation: Delegation) -> Delegation:
    """Take the function back, or give it back, before its day. What was answered stays."""
    found: Delegation = Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)
    if actor.pk not in (found.person_id, found.delegate_id):
        raise NotYours(
            f"This delegation is ended by {found.person.name} or by {found.delegate.name}."
        )
    if found.ended_at is not None or found.ends_on < timezone.localdate():
        raise WrongState("This delegation has ended already.")
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    return found


def _must_hold(actor: Any, function: str) -> None:
    own = {str(m.role) for m in actor.current_memberships()} & {str(r) for r in REVIEW_FUNCTIONS}
    if not own:
        raise NotYours("Only people who hold a reviewing function can hand it to somebody.")
    if function not in own:
        names = ", ".join(sorted(str(Role(each).label) for each in own))
        raise NotAllowed(f"Choose a function of your own: {names}.")


def _must_fit(person: Person, delegate: Person, starts: date, ends: date) -> None:
    if delegate.pk == person.pk:
        raise NotAllowed("Choose somebody else; you cannot stand in for yourself.")
    if not delegate.is_active:
        raise NotAllowed(f"{delegate.name} cannot sign in; choose somebody who can.")
    if ends < starts:
        raise NotAllowed("The last day lies before the first; change one of them.")
    if ends < timezone.localdate():
        raise NotAllowed("The last day has passed; choose today or later.")
    if (ends - starts).days > LONGEST_DAYS:
        raise NotAllowed("A delegation lasts a year at most; for longer, change the role itself.")


def _must_be_free(person: Person, function: str, starts: date, ends: date) -> None:
    other = Delegation.objects.filter(
        person=person, function=function, ended_at=None, starts_on__lte=ends, ends_on__gte=starts
    ).first()
    if other is not None:
        raise WrongState(
            f"{other.delegate.name} answers for {Role(function).label} from "
            f"{other.starts_on:%-d %B %Y} to {other.ends_on:%-d %B %Y}; end that one first."
        )
