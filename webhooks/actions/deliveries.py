"""A test on demand, and sending again what was or was not delivered, with the same id."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import Person
from config.due.models import DueState
from config.flow.errors import NotAllowed, WrongState
from webhooks.actions.endpoints import must_keep_it
from webhooks.actions.telling import full, say, write_deliveries
from webhooks.chat import Line, Message
from webhooks.events import PING
from webhooks.models import Delivery, Endpoint, Outcome


@transaction.atomic
def send_test(*, actor: Person, endpoint: Endpoint) -> Delivery:
    """Promise a delivery that tells of nothing."""
    must_keep_it(actor, endpoint)
    _must_be_on(endpoint)
    _wake(endpoint)
    if endpoint.is_room:
        title = _("Gateline reaches this room: “%(name)s”.") % {"name": endpoint.name}
        message = Message(title, [Line(_("Its page"), full(endpoint.get_absolute_url()))])
        return say([endpoint], PING, message, asked_by=actor)[0]
    data = {"webhook": str(endpoint.public_id)}
    return write_deliveries([endpoint], PING, data, asked_by=actor)[0]


@transaction.atomic
def send_again(*, actor: Person, delivery: Delivery) -> Delivery:
    """Send one delivery now, whatever became of it; its id and its text stay."""
    must_keep_it(actor, delivery.endpoint)
    _must_be_on(delivery.endpoint)
    if not delivery.body:
        raise NotAllowed(_("Its text is kept no more, so it cannot be sent again."))
    if not _rearm(Delivery.objects.filter(pk=delivery.pk), actor):
        raise WrongState(_("It is being sent at this moment."))
    _wake(delivery.endpoint)
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def send_missed(*, actor: Person, endpoint: Endpoint) -> int:
    """Send everything that was given up or not sent, as far as its text is kept; says how many."""
    must_keep_it(actor, endpoint)
    _must_be_on(endpoint)
    missed = (Outcome.GAVE_UP, Outcome.STOPPED)
    _wake(endpoint)
    return _rearm(Delivery.objects.filter(endpoint=endpoint, outcome__in=missed), actor)


def _must_be_on(endpoint: Endpoint) -> None:
    if not endpoint.is_on:
        raise NotAllowed(_("It is off; switch it on first."))


def _wake(endpoint: Endpoint) -> None:
    """Somebody looks: what is asked for now does not wait for a failing receiver's rest to end."""
    Endpoint.objects.filter(pk=endpoint.pk).update(resting_until=None)


def _rearm(rows: QuerySet[Any], actor: Person) -> int:
    """Make rows that nobody is sending due now, with fresh attempts."""
    free = rows.filter(lease_token=None).exclude(body="")
    return free.update(
        state=DueState.DUE,
        outcome=Outcome.WAITING,
        due_at=Now(),
        tries=0,
        attempts=0,
        finished_at=None,
        last_error="",
        asked_by=actor,
    )
