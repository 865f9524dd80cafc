"""A function whose position an RFC needs, and why. Authors may add, never remove."""

import pghistory
from django.conf import settings
from django.db import models

from accounts.models import Role
from rfc.models.rfc import RFC


@pghistory.track()
class RequiredFunction(models.Model):
    """One function. `added_by` is empty where a rule demanded it."""

    rfc = models.ForeignKey(RFC, on_delete=models.CASCADE, related_name="required_functions")
    function = models.CharField(max_length=30, choices=Role)
    reason = models.CharField(max_length=300)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("function",)
        constraints = (
            models.UniqueConstraint(fields=["rfc", "function"], name="required_function_once"),
        )

    def __str__(self) -> str:
        return self.get_function_display()
