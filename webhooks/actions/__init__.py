"""What is done with webhooks."""

from webhooks.actions.deliveries import send_again, send_missed, send_test
from webhooks.actions.endpoints import (
    change_endpoint,
    new_endpoint_secret,
    register_endpoint,
    remove_endpoint,
    switch_endpoint,
)
from webhooks.actions.rooms import change_room, register_room
from webhooks.actions.telling import tell

__all__ = [
    "change_endpoint",
    "change_room",
    "new_endpoint_secret",
    "register_endpoint",
    "register_room",
    "remove_endpoint",
    "send_again",
    "send_missed",
    "send_test",
    "switch_endpoint",
    "tell",
]
