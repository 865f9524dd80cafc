"""What somebody typed and has not saved: private, per window, never part of anything."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from rfc.models.rfc import RFC


class UnsavedText(models.Model):
    """The four texts as one window of one person last sent them.

    `base_version` is the version of the shared draft they were typed on. A window writes only its
    own row, so no window overwrites what another one kept. Saving the draft removes the row.
    """

    rfc = models.ForeignKey(RFC, on_delete=models.CASCADE, related_name="unsaved")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.UUIDField()
    title = models.CharField(max_length=255, blank=True)
    summary_problem = models.TextField(blank=True)
    decision_asked = models.TextField(blank=True)
    body = models.TextField(blank=True)
    base_version = models.PositiveIntegerField()
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-kept_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["rfc", "person", "window"], name="unsaved_text_once_per_window"
            ),
        )
        indexes = (models.Index(fields=["kept_at"], name="unsaved_text_by_age"),)

    def __str__(self) -> str:
        return f"Unsaved text of {self.person} for {self.rfc.key}"
