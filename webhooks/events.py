"""The kinds of events that can be sent. Apps declare theirs when they start; knows no model."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PING = "webhook.ping"


@dataclass(frozen=True)
class Kind:
    """`name` is what programs read ("initiative.created"), `label` what people read."""

    name: str
    label: str | Promise


_kinds: dict[str, Kind] = {}


def event(name: str, label: str | Promise) -> str:
    """Declare a kind of event; returns its name."""
    _kinds[name] = Kind(name, label)
    return name


def all_kinds() -> list[Kind]:
    """Every kind an endpoint may ask for, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_label(name: str) -> str:
    """What people call a kind; its name when this release does not know it."""
    if name == PING:
        return str(_("Test"))
    return str(_kinds[name].label) if name in _kinds else name
