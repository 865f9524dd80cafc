"""What the daily heartbeat of a room says. The app of the KPIs answers; webhooks knows none."""

from collections.abc import Callable
from typing import Any

from webhooks.chat import Message

# Called with the keeper, narrowed to the room's line; the line; the team or None; whether names and
# values may be said. Answers None where there is nothing to say.
Provider = Callable[[Any, Any, Any, bool], Message | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an app say how a line or team stands."""
    if provider not in _providers:
        _providers.append(provider)


def heartbeat_of(room: Any) -> Message | None:
    """The first answer there is."""
    keeper = room.keeper
    keeper.limited_to = frozenset({room.line_id})
    answers = (say(keeper, room.line, room.team, room.with_titles) for say in _providers)
    return next((message for message in answers if message is not None), None)
