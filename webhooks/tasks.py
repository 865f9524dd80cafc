"""Periodic work of webhooks."""

from config.due.periodic import every
from webhooks.actions.forgetting import forget_deliveries, forget_old_secrets


@every(name="webhooks.forget", hours=1)
def forget() -> None:
    """What was sent is kept for a while; a replaced secret until it stops to sign."""
    forget_old_secrets()
    forget_deliveries()
