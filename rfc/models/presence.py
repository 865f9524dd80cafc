"""Who has an RFC open right now, where in it, and whether to write or to read."""

from django.conf import settings
from django.db import models

from rfc.models.rfc import RFC


class Presence(models.Model):
    """One window of one person. It counts until `until`, by the clock of the database."""

    rfc = models.ForeignKey(RFC, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.UUIDField()
    section = models.CharField(max_length=200, blank=True)
    writing = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["rfc", "person", "window"], name="presence_once_per_window"
            ),
        )
        indexes = (models.Index(fields=["rfc", "until"], name="presence_by_end"),)

    def __str__(self) -> str:
        return f"{self.person} at {self.rfc.key}"
