"""A target: baseline, value, due date. Proposed without a baseline perhaps, committed never."""

import pghistory
from django.conf import settings
from django.db import models

from config.flow.models import StatefulModel, StepRecord
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from kpis.lifecycle import TargetLifecycle
from kpis.models.kpi import KPI


@pghistory.track()
class Target(StatefulModel, VersionedModel, TargetLifecycle):
    """A target of a KPI. Values are in the KPI's unit; `confidence` is a percentage."""

    kpi = models.ForeignKey(KPI, on_delete=models.PROTECT, related_name="targets")
    baseline_value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    baseline_period_start = models.DateField(null=True, blank=True)
    baseline_period_end = models.DateField(null=True, blank=True)
    baseline_observations = models.PositiveIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    start_date = models.DateField()
    due_date = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    in_line = "kpi__line"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-due_date", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(phase="committed")
                | models.Q(baseline_value__isnull=False, baseline_observations__gte=1),
                name="target_committed_has_baseline",
            ),
            models.CheckConstraint(
                condition=models.Q(due_date__gt=models.F("start_date")),
                name="target_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=["proposed", "committed", "retired"]),
                name="target_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence=None) | models.Q(confidence__lte=100),
                name="target_confidence_percent",
            ),
            models.UniqueConstraint(
                fields=["kpi"],
                condition=models.Q(phase="committed"),
                name="target_one_committed_per_kpi",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kpi}: {self.kpi.in_words(self.value)} by {self.due_date:%-d %b %Y}"

    def get_absolute_url(self) -> str:
        return f"{self.kpi.get_absolute_url()}/targets/{self.pk}"


class TargetStep(StepRecord):
    """The record of a target's steps."""

    subject = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="steps_taken")


Target.record_model = TargetStep
