"""An observation: one measured value of one period. Never overwritten, only superseded."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from config.flow.visibility import VisibleQuerySet
from kpis.models.kpi import KPI


class ObservationQuerySet(VisibleQuerySet):
    """Reads of observations."""

    def current(self) -> Self:
        """What is believed now; superseded values stay on record beside it."""
        return self.filter(superseded_at=None)


class Observation(models.Model):
    """A value in the KPI's unit for `period_start`..`period_end` (inclusive days)."""

    kpi = models.ForeignKey(KPI, on_delete=models.PROTECT, related_name="observations")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=6)
    arrived_at = models.DateTimeField(default=timezone.now)
    provenance = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="superseded_by",
    )
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    in_line = "kpi__line"
    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ("period_start", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="observation_period_in_order",
            ),
            models.UniqueConstraint(
                fields=["kpi", "period_start", "period_end"],
                condition=models.Q(superseded_at=None),
                name="observation_one_current_per_period",
            ),
        )
        indexes = (
            models.Index(
                fields=["kpi", "-period_end"],
                condition=models.Q(superseded_at=None),
                name="observation_current_by_end",
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(name="value_stays", exclude=["superseded_at"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.kpi} {self.period_end}: {self.value}"
