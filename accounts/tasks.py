"""Periodic work about people."""

from accounts.actions import end_past_memberships, promise_digests
from accounts.imports.people import People
from config.due.periodic import every
from config.sheets.kinds import register as register_kind

register_kind(People())


@every(name="accounts.end_roles", hours=1)
def end_roles() -> None:
    """Roles whose last day has passed end."""
    end_past_memberships()


@every(name="accounts.digests", minutes=5)
def digests() -> None:
    """Whose digest hour has come and who has something to read gets one; may run twice."""
    promise_digests()
