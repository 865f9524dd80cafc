"""The technical deep-dive: architecture, non-functional baseline, sign-offs; files of evidence."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Role
from config.flow.versions import VersionedModel
from config.web.scanning import Verdict
from initiatives.models.initiative import Initiative


@pghistory.track()
class DeepDive(VersionedModel):
    """What the deep-dive decided, in Markdown."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="deep_dive"
    )
    architecture = models.TextField(blank=True)
    non_functional = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Deep-dive of {self.initiative.key}"


@pghistory.track()
class SignOff(models.Model):
    """A participant function's agreement in one attempt at the deep-dive."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="sign_offs")
    function = models.CharField(max_length=30, choices=Role)
    attempt = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("function",)
        constraints = (
            models.UniqueConstraint(
                fields=["initiative", "function", "attempt"],
                name="sign_off_once_per_attempt",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_function_display()}: {self.person}"


@pghistory.track()
class Attachment(models.Model):
    """A file handed in with a request or a piece of evidence; served as a download only."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="attachments")
    evidence = models.ForeignKey(
        "initiatives.Evidence",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    file = models.FileField(upload_to="attachments/%Y/%m/", max_length=255)
    original_name = models.CharField(max_length=255)
    checksum = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    verdict = models.CharField(max_length=11, choices=Verdict, default=Verdict.NOT_SCANNED)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("uploaded_at", "id")

    def __str__(self) -> str:
        return self.original_name
