"""Filters of the log: one set for the page and the API."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from webhooks.events import PING, ROOM_KINDS, all_kinds, kind_label
from webhooks.models import Delivery, Outcome


def kinds() -> list[tuple[str, str]]:
    """Every kind that a delivery may have, in words."""
    return [(PING, kind_label(PING)), *((kind.name, str(kind.label)) for kind in all_kinds())]


def room_kinds() -> list[tuple[str, str]]:
    """Every kind of message of a chat room, in words."""
    return [(name, kind_label(name)) for name in (PING, *ROOM_KINDS)]


class DeliveryFilter(filters.FilterSet):
    """`?outcome=gave_up&event=rfc.accepted`."""

    outcome = filters.ChoiceFilter(choices=Outcome, label=_("Outcome"), empty_label=_("Any"))
    event = filters.ChoiceFilter(
        field_name="kind", choices=kinds, label=_("Event"), empty_label=_("Any")
    )

    class Meta:
        model: Any = Delivery
        fields: tuple[str, ...] = ()


class RoomDeliveryFilter(DeliveryFilter):
    """The same for the messages of a chat room."""

    event = filters.ChoiceFilter(
        field_name="kind", choices=room_kinds, label=_("Message"), empty_label=_("Any")
    )
