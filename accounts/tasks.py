"""Periodic work about people."""

from accounts.actions import end_past_memberships
from config.due.periodic import every


@every(name="accounts.end_roles", hours=1)
def end_roles() -> None:
    """Roles whose last day has passed end."""
    end_past_memberships()
