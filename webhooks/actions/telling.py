"""Telling endpoints what happened: rows written in the transaction of the change itself."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from config.flow.asking import asked_once
from webhooks.chat import Message
from webhooks.delivery import still_kept
from webhooks.models import Delivery, Endpoint


def tell(kind: str, subject: Any, *, path: str, api: str, **ids: Any) -> None:
    """Write a delivery for every endpoint that asked for this kind and may see `subject`.

    `subject` is a row whose model has `visible_to`; `path` and `api` are its addresses below this
    installation's. `ids` are numbers, keys, states: never text that somebody wrote, never who did it.
    """
    heard = [endpoint for endpoint in _that_want(kind) if _hears(endpoint, subject)]
    if heard:
        write_deliveries(heard, kind, {**ids, "url": full(path), "api": full(api)})


@asked_once
def _that_want(kind: str) -> list[Endpoint]:
    wanting = Endpoint.objects.signed().that_want(kind)
    return list(wanting.select_related("keeper", "line"))


def write_deliveries(
    endpoints: Iterable[Endpoint], kind: str, data: dict[str, Any], *, asked_by: Any = None
) -> list[Delivery]:
    """Due rows with the message of one event; the same moment for all."""
    now = timezone.now()
    message = {"type": kind, "timestamp": now.isoformat(), "data": data}
    body = json.dumps(message, separators=(",", ":"))
    with transaction.atomic():
        made: list[Delivery] = Delivery.objects.bulk_create(
            [
                Delivery(endpoint=each, kind=kind, body=body, told_at=now, asked_by=asked_by)
                for each in endpoints
            ]
        )
    return made


def say(
    rooms: Iterable[Endpoint],
    kind: str,
    message: Message,
    *,
    asked_by: Any = None,
    **more: Any,
) -> list[Delivery]:
    """Due rows with the same words for several chat rooms."""
    body, now = message.as_text(), timezone.now()
    made: list[Delivery] = Delivery.objects.bulk_create(
        [
            Delivery(endpoint=each, kind=kind, body=body, told_at=now, asked_by=asked_by, **more)
            for each in rooms
        ],
        ignore_conflicts="day" in more,
    )
    return made


def _hears(endpoint: Endpoint, subject: Any) -> bool:
    """Whether the keeper, looking at the endpoint's line alone, sees the row."""
    keeper: Any = endpoint.keeper
    if not still_kept(endpoint):
        return False
    keeper.limited_to = frozenset({endpoint.line_id}) if endpoint.line_id else None
    rows = type(subject)._default_manager.visible_to(keeper)
    return bool(rows.filter(pk=subject.pk).exists())


def full(path: str) -> str:
    """An address below this installation's, whole."""
    return f"{settings.BASE_URL}{path}" if path else ""
