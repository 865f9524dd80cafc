"""The draft of the next revision: private to no one, judged by no one."""

import pghistory
from django.conf import settings
from django.db import models

from config.flow.versions import VersionedModel
from rfc.models.rfc import RFC


@pghistory.track()
class Draft(VersionedModel):
    """The text being written. Publishing copies it into a revision; it stays for the next one."""

    rfc = models.OneToOneField(RFC, on_delete=models.CASCADE, related_name="draft")
    title = models.CharField(max_length=255)
    summary_problem = models.CharField(max_length=400, blank=True)
    decision_asked = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    base_number = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    def __str__(self) -> str:
        return f"Draft of {self.rfc.key}"
