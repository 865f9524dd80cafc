"""The states of a ranking: draft → committed → replaced by a newer one."""

from django.db import models

from config.flow.fsm import StateField, edge
from initiatives import permissions as may
from initiatives.gates import ranking as gates


class RankingLifecycle(models.Model):
    """States and edges of a ranking."""

    DRAFT, COMMITTED, REPLACED = "draft", "committed", "replaced"
    phase = StateField(default=DRAFT)

    class Meta:
        abstract = True

    @edge(
        phase,
        DRAFT,
        COMMITTED,
        label="Commit ranking",
        permit=may.ranks,
        gates=(
            gates.has_entries,
            gates.set_complete,
            gates.departures_explained,
            gates.both_signed,
        ),
    )
    def commit(self) -> None:
        """From here the order is frozen with its scores."""

    @edge(
        phase,
        COMMITTED,
        REPLACED,
        label="Replace ranking",
        permit=may.ranks,
        note=True,
        direction="aside",
    )
    def replace(self) -> None:
        """A newer ranking takes its place; it stays on record."""
