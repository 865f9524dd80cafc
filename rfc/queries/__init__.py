"""Reads of RFCs. What stands above asks these; pages import from the modules beside."""

from rfc.queries.decided import (
    accepted_on_current_content,
    approvals_stale,
    is_accepted_on_current_content,
    stale_reasons,
    still_needed,
    still_needed_things,
    unaccepted_reasons,
)
from rfc.queries.home import Awaited, awaiting

__all__ = [
    "Awaited",
    "accepted_on_current_content",
    "approvals_stale",
    "awaiting",
    "is_accepted_on_current_content",
    "stale_reasons",
    "still_needed",
    "still_needed_things",
    "unaccepted_reasons",
]
