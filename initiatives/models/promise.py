"""The promise: which KPI the initiative will move, by how much, until when."""

import pghistory
from django.conf import settings
from django.db import models

from config.flow.versions import VersionedModel
from initiatives.models.initiative import Initiative


@pghistory.track()
class KpiPromise(VersionedModel):
    """An expected range of a KPI's value (in its unit) by a date; locked at the RFC gate."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="promises")
    kpi = models.ForeignKey("kpis.KPI", on_delete=models.PROTECT, related_name="promises")
    low = models.DecimalField(max_digits=20, decimal_places=6)
    high = models.DecimalField(max_digits=20, decimal_places=6)
    by_date = models.DateField()
    method = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["initiative", "kpi"], name="promise_kpi_once"),
            models.CheckConstraint(
                condition=models.Q(high__gte=models.F("low")),
                name="promise_range_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kpi}: {self.low.normalize():f}–{self.high.normalize():f}"
