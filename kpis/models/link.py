"""A link of the metric tree: how one KPI drives another."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from kpis.models.kpi import KPI


@pghistory.track()
class MetricLink(models.Model):
    """`driver` moves `driven`. Leading and lagging belong to the link, not to the KPI."""

    class Kind(models.TextChoices):
        COMPONENT = "component", _("Component")
        SEGMENT = "segment", _("Segment")
        INFLUENCE = "influence", _("Influence")
        GUARDRAIL = "guardrail", _("Guardrail")

    driver = models.ForeignKey(KPI, on_delete=models.CASCADE, related_name="drives")
    driven = models.ForeignKey(KPI, on_delete=models.CASCADE, related_name="driven_by")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.INFLUENCE)
    positive = models.BooleanField(default=True)
    lag_days = models.PositiveIntegerField(default=0)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["driver", "driven"], name="metric_link_once"),
            models.CheckConstraint(
                condition=~models.Q(driver=models.F("driven")),
                name="metric_link_not_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.driver} → {self.driven}"
