"""Reads of webhooks, for pages and the API."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import BusinessLine
from webhooks.models import Delivery, Endpoint, Outcome
from webhooks.permissions import lines_kept

MISSED = (Outcome.GAVE_UP, Outcome.STOPPED)


def endpoints_for(person: Any) -> QuerySet[Endpoint]:
    """The webhooks the person keeps, with what waits and what was missed. One query."""
    rows = Endpoint.objects.visible_to(person).select_related("line", "keeper")
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
