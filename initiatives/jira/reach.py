"""From a connection's row to a client that can call: token opened, catalogue and rules at hand.

Lives here: what every piece of work with Jira needs first. Does not live here: what is said to Jira.
"""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.due.errors import TryLater
from config.seal import seal, unseal
from config.sealed import sealed_at
from initiatives.jira import catalogue as offer
from initiatives.jira import mapping
from initiatives.jira.client import Jira
from initiatives.jira.errors import BadCredentials, Limited
from initiatives.jira.wire import Site, Wire
from initiatives.models import JiraConnection

# How long rows wait while their connection cannot be used; a good check calls them back at once.
CLOSED_SECONDS = 600
LEAST_WAIT = 5.0


def sealed_token(token: str, *, line_id: int) -> str:
    """The token as it rests in the row of this line's connection."""
    return seal(token, bound_to=_bound(line_id))


def _bound(line_id: int) -> str:
    return f"initiatives.JiraConnection:line={line_id}"


sealed_at(
    "initiatives.JiraConnection", "token_sealed", lambda connection: _bound(connection.line_id)
)


def open_jira(connection: JiraConnection) -> Jira:
    """A client for the connection; use it in a `with`. Raises SealBroken."""
    site = Site(
        api_base=connection.base_url,
        token=unseal(connection.token_sealed, bound_to=_bound(connection.line_id)),
        email=connection.email,
        browse_base=connection.browse_url,
    )
    known = offered(connection)
    return Jira(Wire(site, rich_fields=known.rich_fields() if known else frozenset()))


def offered(connection: JiraConnection) -> offer.Catalogue | None:
    """What the project offers, as last read; None before the first check."""
    return offer.from_json(connection.catalogue) if connection.catalogue else None


def rules_of(known: offer.Catalogue) -> mapping.Rules:
    """The rules of a connection: suggested types, criteria as a section of the description."""
    return mapping.default_rules(known)


def wait_unless_usable(connection: JiraConnection) -> None:
    """Raises TryLater while nothing may be sent over this connection."""
    if connection.state == JiraConnection.State.OFF:
        raise TryLater(CLOSED_SECONDS, "Push is off for this connection.")
    if connection.state != JiraConnection.State.READY:
        raise TryLater(CLOSED_SECONDS, f"The connection is not ready: {connection.state_note}")
    until = connection.limited_until
    if until and until > timezone.now():
        left = (until - timezone.now()).total_seconds()
        raise TryLater(left * jitter(), "Jira asked to slow down.")


def jitter() -> float:
    """A factor that keeps a crowd from coming back at the same moment."""
    return random.uniform(1.0, 1.3)  # noqa: S311 - no secret


def signed_out(connection: JiraConnection, error: BadCredentials) -> TryLater:
    """Stop the whole connection (each further try prolongs a lock); returns what to raise."""
    note_state(connection, JiraConnection.State.REFUSED, str(error))
    return TryLater(CLOSED_SECONDS, f"Jira signed the connection out: {error}")


def slowed(connection: JiraConnection, error: Limited) -> TryLater:
    """Note for every worker until when Jira wants to be left alone; returns what to raise."""
    wait = max(LEAST_WAIT, error.retry_after or LEAST_WAIT)
    until = timezone.now() + timedelta(seconds=wait)
    JiraConnection.objects.filter(pk=connection.pk).update(limited_until=until)
    return TryLater(wait * jitter(), f"Jira asked to slow down: {error}")


def note_state(connection: JiraConnection, state: str, note: str, **more: Any) -> None:
    """Write what is known about a connection now. A connection that a person switched off stays."""
    rows = JiraConnection.objects.filter(pk=connection.pk)
    rows.exclude(state=JiraConnection.State.OFF).update(
        state=state, state_note=note, checked_at=timezone.now(), **more
    )
