"""Chat rooms are registered and changed. Everything else is done as with webhooks."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Person, Team
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from webhooks.actions.endpoints import ROOMS_OF, called, must_keep_it, named
from webhooks.delivery import sealed_secret
from webhooks.events import ROOM_KINDS
from webhooks.models import ROOM_FORMS, Endpoint, Form
from webhooks.permissions import keeps


@transaction.atomic
def register_room(
    *,
    actor: Person,
    line: BusinessLine,
    team: Team | None = None,
    address: str,
    **facts: Any,
) -> Endpoint:
    """A new room of a line, or of one team of it: its name, form and kinds, and whether it says
    titles. The address is sealed and not shown again.
    """
    if not keeps(actor, line, team):
        raise NotYours(ROOMS_OF % {"place": team or line})
    if team is not None and team.line_id != line.pk:
        raise NotAllowed(_("There is no such team in %s.") % line)
    room = Endpoint(line=line, team=team, keeper=actor, **_checked(**facts))
    _settle(room, address)
    room.save()
    return room


@transaction.atomic
def change_room(
    *, actor: Person, room: Endpoint, seen_version: int | None = None, **changes: Any
) -> Endpoint:
    """Another name, form, choice, or address. Whoever gives another address vouches for it."""
    must_keep_it(actor, room)
    address = changes.pop("address", "").strip()
    changes = _checked(**changes)
    if address:
        _settle(room, address)
        changes |= {"url": room.url, "secret_sealed": room.secret_sealed, "keeper": actor}
    return write(room, seen_version=seen_version, **changes)


def masked(address: str) -> str:
    """What of an address may be shown: where it leads, not the part that lets one in."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}/…"


def _checked(**facts: Any) -> dict[str, Any]:
    if "name" in facts:
        facts["name"] = named(facts["name"])
    if "kinds" in facts:
        facts["kinds"] = _known(facts["kinds"])
    if facts.get("form", Form.SLACK) not in dict(ROOM_FORMS):
        raise NotAllowed(_("There is no chat of the kind “%(name)s”.") % {"name": facts["form"]})
    return facts


def _settle(room: Endpoint, address: str) -> None:
    whole = called(address)
    room.url = masked(whole)
    room.secret_sealed = sealed_secret(room, whole)


def _known(kinds: Iterable[str]) -> list[str]:
    chosen = sorted(set(kinds))
    if not chosen:
        raise NotAllowed(_("Choose what the room is told."))
    strange = set(chosen) - set(ROOM_KINDS)
    if strange:
        raise NotAllowed(_("There is no event “%(name)s”.") % {"name": min(strange)})
    return chosen
