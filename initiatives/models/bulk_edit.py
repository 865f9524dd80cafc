"""Field edits made at once, kept so that they are undone at once."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone


@pghistory.track()
class BulkEdit(models.Model):
    """One act on many initiatives. `items` is `[{number, before, after}]` of what changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulk_edits"
    )
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=300)
    items = models.JSONField(default=list, blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.words
