"""Periodic work of the API."""

from config.due.periodic import every
from config.rest.allowance import forget_counts
from config.rest.idempotency import forget_old


@every(name="rest.forget_keys", hours=6)
def forget_keys() -> None:
    """Answers whose keys are too old to be asked for again are thrown away."""
    forget_old()


@every(name="rest.forget_counts", hours=1)
def forget_old_counts() -> None:
    """Counts of callers that have been quiet are thrown away."""
    forget_counts()
