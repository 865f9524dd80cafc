"""What stands in the way of closing a line or team. Apps above say so; accounts knows none."""

from collections.abc import Callable, Iterable
from typing import Any

Provider = Callable[[Any], Iterable[str]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an app name in whole sentences what is still open in a place, with a way to mend it."""
    if provider not in _providers:
        _providers.append(provider)


def hindrances(place: Any) -> list[str]:
    """Every sentence about a line, team or sub-team."""
    return [sentence for provide in _providers for sentence in provide(place)]
