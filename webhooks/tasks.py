"""Periodic work of webhooks."""

from config.due.periodic import every
from webhooks.actions.forgetting import forget_deliveries, forget_old_secrets
from webhooks.actions.saying import promise_heartbeats


@every(name="webhooks.forget", hours=1)
def forget() -> None:
    """What was sent is kept for a while; a replaced secret until it stops to sign."""
    forget_old_secrets()
    forget_deliveries()


@every(name="webhooks.heartbeats", minutes=5)
def heartbeats() -> None:
    """Rooms whose hour has come hear once a day how the KPIs stand; may run twice."""
    promise_heartbeats()
