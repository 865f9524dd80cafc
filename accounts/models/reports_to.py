"""To whom one person reports, by name, on both lines of reporting."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q


@pghistory.track()
class ReportsTo(models.Model):
    """The superiors of a person. Where one is not named the reporting table says the post."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reports_to"
    )
    divisional = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="divisional_reports",
    )  # fmt: skip
    functional = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="functional_reports",
    )  # fmt: skip

    class Meta:
        ordering = ("person__name",)
        verbose_name_plural = "superiors of people"
        constraints = (
            models.CheckConstraint(
                condition=(Q(divisional=None) | ~Q(divisional=F("person")))
                & (Q(functional=None) | ~Q(functional=F("person"))),
                name="nobody_reports_to_oneself",
            ),
        )

    def __str__(self) -> str:
        return f"Superiors of {self.person}"
