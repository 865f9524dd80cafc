"""A look: somebody is asked to read, not to decide. It never counts towards acceptance."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from rfc.models.rfc import RFC


@pghistory.track()
class Look(models.Model):
    """One person asked to have a look. Answered by a comment or by saying "looked"."""

    rfc = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="looks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="looks_asked"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["rfc", "person"],
                condition=models.Q(looked_at=None),
                name="look_once_while_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} looks at {self.rfc.key}"
