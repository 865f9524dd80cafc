"""A remark on an initiative, shown in its activity."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatives.models.initiative import Initiative


@pghistory.track()
class InitiativeComment(models.Model):
    """Said by a person at a moment; never deleted."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"
