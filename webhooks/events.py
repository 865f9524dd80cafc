"""The kinds of events that can be sent. Apps declare theirs when they start; knows no model."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PING = "webhook.ping"
# What a chat room may ask for.
DECISIONS, HEARTBEAT = "chat.decisions", "chat.heartbeat"
ROOM_KINDS: dict[str, str | Promise] = {
    DECISIONS: _("Decisions asked, within a minute or so"),
    HEARTBEAT: _("The KPIs, once a day"),
}


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
    if name in ROOM_KINDS:
        return {DECISIONS: str(_("Decisions asked")), HEARTBEAT: str(_("Heartbeat"))}[name]
    return str(_kinds[name].label) if name in _kinds else name
