"""The states of a target: proposed → committed → retired."""

from django.db import models

from config.flow.fsm import StateField, edge
from kpis.gates import baseline_known, only_committed_target, target_improves
from kpis.permissions import commits_target


class TargetLifecycle(models.Model):
    """States and edges of a target."""

    PROPOSED, COMMITTED, RETIRED = "proposed", "committed", "retired"
    phase = StateField(default=PROPOSED)

    class Meta:
        abstract = True

    @edge(
        phase,
        PROPOSED,
        COMMITTED,
        label="Commit target",
        permit=commits_target,
        gates=(baseline_known, target_improves, only_committed_target),
    )
    def commit(self) -> None:
        """The line stands by this target."""

    @edge(
        phase,
        [PROPOSED, COMMITTED],
        RETIRED,
        label="Retire target",
        permit=commits_target,
        note=True,
        direction="aside",
    )
    def retire(self) -> None:
        """The target no longer holds; it stays on record."""
