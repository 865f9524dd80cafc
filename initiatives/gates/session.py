"""What must hold before the scores of a session are revealed."""

from collections.abc import Iterator
from typing import Any

from config.flow.gates import Missing, gate

FEWEST_SCORERS = 2


@gate("At least two people have scored", waivable=False)
def enough_scored(session: Any) -> Iterator[Missing]:
    # Counts heads, never reads a number.
    heads = session.seats.filter(scores__isnull=False).distinct().count()
    if heads < FEWEST_SCORERS:
        yield Missing(
            "One person has scored so far; one opinion alone has no spread."
            if heads
            else "Nobody has scored yet; a reveal needs the scores of two people.",
            link=session.get_absolute_url() + "#people",
            mender="the people at the table",
        )
