"""A comment on an RFC, tied to a section and perhaps a quote. It is not a position."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from rfc.models.revision import Revision
from rfc.models.rfc import RFC


@pghistory.track()
class Comment(models.Model):
    """A remark or, with a parent, an answer. Resolved with a reason, never deleted."""

    rfc = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="comments")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    section_slug = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resolution = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"
