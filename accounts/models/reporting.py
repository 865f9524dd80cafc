"""The two lines of reporting of every function, as data an administrator may fill."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.flow.visibility import VisibleQuerySet


class Level(models.TextChoices):
    """Where in the organisation the row applies."""

    LINE = "line", _("Business line")
    TEAM = "team", _("Team")
    SUB_TEAM = "sub_team", _("Engineering sub-team")


@pghistory.track()
class ReportingLine(models.Model):
    """Who is responsible for a function at a level, and to whom it reports; blank is open."""

    function = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=Level)
    responsible = models.CharField(max_length=120, blank=True)
    divisional = models.CharField(max_length=120, blank=True)
    functional = models.CharField(max_length=120, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=0)

    in_line = ""
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("ordinal", "level")
        constraints = (
            models.UniqueConstraint(
                fields=["function", "level"], name="reporting_once_per_function_level"
            ),
        )

    def __str__(self) -> str:
        return f"{self.function}, {self.get_level_display()}"
