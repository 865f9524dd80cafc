"""Inputs of a score. A missing input makes the score incomplete, never zero."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatives.models.evidence import Evidence
from initiatives.models.framework import FrameworkVersion
from initiatives.models.initiative import Initiative


@pghistory.track()
class ScoreInput(models.Model):
    """One input of one initiative; the newest per factor stands. Confidence in the whole is never
    typed; `sureness` only says how sure the author is of this one number.
    """

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="score_inputs"
    )
    factor = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)
    sureness = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.ForeignKey(
        FrameworkVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    more_evidence = models.ManyToManyField(Evidence, blank=True, related_name="+")
    session_item = models.ForeignKey(
        "initiatives.SessionItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agreed_inputs",
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
                condition=models.Q(sureness=None) | models.Q(sureness__lte=100),
                name="score_input_sureness_percent",
            ),
        )
        indexes = (
            # Heads of grouped lists add up the newest estimates: this index alone answers.
            models.Index(
                fields=["initiative", "-at", "-id"],
                include=["value"],
                condition=models.Q(factor="effort"),
                name="score_input_newest_effort",
            ),
        )

    def __str__(self) -> str:
        return f"{self.factor}: {self.value}"

    @property
    def rests_on(self) -> list[Evidence]:
        """Every item of evidence it names, the first one first."""
        first = [self.evidence] if self.evidence else []
        return first + [e for e in self.more_evidence.all() if e != self.evidence]
