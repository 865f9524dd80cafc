"""What ends or delays a piece of due work. Nothing here touches the database."""


class TryLater(Exception):
    """Not now: the row stays due, the attempt does not count. `seconds` from now."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(why)
        self.seconds = seconds
        self.why = why


class GiveUp(Exception):
    """Never without a person: the row is dead at once, with `why` as its error."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Interrupted(BaseException):
    """Stop working now. No `Exception`, so that a loop's per-item `except` cannot swallow it."""


class LeaseLost(Interrupted):
    """Somebody else owns the row by now; nothing more may be written or sent for it."""


class Cancelled(Interrupted):
    """A person asked this job to stop; what is done stays done."""
