"""Periodic work: one row per name and slot of time. The relay's timer inserts, nobody beats."""

from typing import Any

from django.db import models

from config.due.models.row import DueRow
from config.due.periodic import periodic_work


class ScheduledSlot(DueRow):
    """One run of a periodic piece of work; `slot` is the start of its slice of time."""

    kind_label = "Periodic work"

    name = models.CharField(max_length=60)
    slot = models.DateTimeField()

    class Meta(DueRow.Meta):
        abstract = False
        constraints = (
            *DueRow.Meta.constraints,
            models.UniqueConstraint(fields=["name", "slot"], name="one_row_per_slot"),
        )

    def __str__(self) -> str:
        return self.describe()

    def describe(self) -> str:
        return f"{self.name} of {self.slot:%Y-%m-%d %H:%M} UTC"

    def work(self) -> None:
        """Run the registered function of this name."""
        run: Any = periodic_work(self.name)
        run()
