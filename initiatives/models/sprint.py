"""A sprint of a line, with the goal that makes it one."""

import pghistory
from django.db import models

from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet


@pghistory.track()
class Sprint(VersionedModel):
    """Name, goal and days (inclusive)."""

    line = models.ForeignKey(
        "accounts.BusinessLine", on_delete=models.PROTECT, related_name="sprints"
    )
    name = models.CharField(max_length=30)
    goal = models.TextField(blank=True)
    start_date = models.DateField()
    end_date = models.DateField()

    in_line = "line"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-start_date", "-id")
        constraints = (
            models.UniqueConstraint(fields=["line", "name"], name="sprint_name_once_per_line"),
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="sprint_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name
