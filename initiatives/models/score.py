"""Inputs of the RICE score. A missing input makes the score incomplete, never zero."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.evidence import Evidence
from initiatives.models.initiative import Initiative


@pghistory.track()
class ScoreInput(models.Model):
    """One input of one initiative; the newest per factor stands. Confidence is never typed."""

    class Factor(models.TextChoices):
        REACH = "reach", _("Reach (people per quarter)")
        IMPACT = "impact", _("Impact (0.25 to 3 each)")
        EFFORT = "effort", _("Effort (person-weeks)")

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="score_inputs"
    )
    factor = models.CharField(max_length=8, choices=Factor)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)
    formula_version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("value"), high__gte=models.F("value")),
                name="score_input_inside_its_range",
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0)
                & (~models.Q(factor="effort") | models.Q(value__gt=0)),
                name="score_input_positive",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_factor_display()}: {self.value}"
