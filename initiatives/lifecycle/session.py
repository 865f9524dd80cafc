"""The states of a scoring session: scoring → revealed → closed, or cancelled."""

from django.db import models

from config.flow.fsm import StateField, edge
from initiatives import permissions as may
from initiatives.gates import session as gates


class SessionLifecycle(models.Model):
    """States and edges of a scoring session."""

    SCORING, REVEALED, CLOSED, CANCELLED = "scoring", "revealed", "closed", "cancelled"
    phase = StateField(default=SCORING)

    class Meta:
        abstract = True

    @edge(
        phase,
        SCORING,
        REVEALED,
        label="Reveal scores",
        permit=may.facilitates,
        gates=(gates.enough_scored,),
    )
    def reveal(self) -> None:
        """From here everybody sees every number, and no number changes."""

    @edge(phase, REVEALED, CLOSED, label="Close session", permit=may.facilitates)
    def close_session(self) -> None:
        """What was agreed stands in the scores; the rest stays open."""

    @edge(
        phase,
        SCORING,
        CANCELLED,
        label="Cancel session",
        permit=may.facilitates,
        note=True,
        direction="aside",
    )
    def cancel_session(self) -> None:
        """Nobody's numbers are ever shown."""
