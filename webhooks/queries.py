"""Reads of webhooks, for pages and the API."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import BusinessLine, Team
from webhooks.models import Delivery, Endpoint, Outcome
from webhooks.permissions import lines_kept, teams_led

MISSED = (Outcome.GAVE_UP, Outcome.STOPPED)


def endpoints_for(person: Any, *, rooms: bool = False) -> QuerySet[Endpoint]:
    """The webhooks or chat rooms the person keeps, with what waits and what was missed. One query."""
    seen = Endpoint.objects.visible_to(person)
    found = seen.rooms() if rooms else seen.signed()
    rows = found.select_related("line", "team__line", "keeper")
    return rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__outcome=Outcome.WAITING)),
        missed=Count(
            "deliveries", filter=Q(deliveries__outcome__in=MISSED) & ~Q(deliveries__body="")
        ),
    )


def deliveries_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """What was sent to it, newest first, with each attempt's answer."""
    rows: QuerySet[Delivery] = Delivery.objects.filter(endpoint=endpoint).order_by("-pk")
    rows = rows.select_related("endpoint", "asked_by").prefetch_related("sent")
    return rows.annotate(last_at=Max("sent__at"))


def lines_offered(person: Any) -> QuerySet[BusinessLine]:
    """The lines a person may register a webhook for."""
    rows = BusinessLine.objects.visible_to(person).open()
    kept = lines_kept(person)
    return rows if kept is None else rows.filter(pk__in=kept)


def teams_offered(person: Any) -> QuerySet[Team]:
    """The teams a person may register a chat room for."""
    rows: QuerySet[Team] = Team.objects.visible_to(person).filter(
        closed_at=None, line__closed_at=None
    )
    kept = lines_kept(person)
    if kept is not None:
        rows = rows.filter(Q(line__in=kept) | Q(pk__in=teams_led(person)))
    return rows.select_related("line").order_by("line__name", "name")
