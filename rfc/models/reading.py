"""What a person has seen of an RFC: which revision, when first, and against which it was compared."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from rfc.models.revision import Revision
from rfc.models.rfc import RFC


class Reading(models.Model):
    """One person opened one revision. Shown to nobody else; figures of it are per team only.

    `compared` are the numbers of earlier revisions whose difference to this one was shown.
    """

    rfc = models.ForeignKey(RFC, on_delete=models.CASCADE, related_name="readings")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    compared = ArrayField(models.PositiveIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ("-last_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["person", "revision"], name="reading_once"),
            models.CheckConstraint(
                condition=models.Q(last_at__gte=models.F("opened_at")),
                name="reading_not_before_opening",
            ),
        )
        indexes = (models.Index(fields=["rfc", "person"], name="reading_of_rfc"),)

    def __str__(self) -> str:
        return f"{self.person} read {self.revision}"
