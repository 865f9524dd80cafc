"""States and edges of accounts."""

from accounts.lifecycle.start_up import StartUpLifecycle

__all__ = ["StartUpLifecycle"]
