"""Mockup sets, versions, files, the screens × states grid and design comments."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative


class ScreenState(models.TextChoices):
    """The states every screen is drawn in, or exempted from with a reason."""

    FILLED = "filled", _("Filled")
    FIRST_USE = "first_use", _("First use")
    EMPTY = "empty", _("Empty")
    LOADING = "loading", _("Loading")
    ERROR = "error", _("Error")
    OFFLINE = "offline", _("Offline")
    SLOW = "slow", _("Slow")
    REFUSED = "refused", _("Refused")
    LONG_TEXT = "long_text", _("Long text")
    SMALL_PHONE = "small_phone", _("Small phone")


@pghistory.track()
class MockupSet(models.Model):
    """The mockups of one initiative."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="mockup_set"
    )
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Mockups of {self.initiative.key}"


@pghistory.track()
class Screen(models.Model):
    """One screen of the set; a row of the grid."""

    mockup_set = models.ForeignKey(MockupSet, on_delete=models.CASCADE, related_name="screens")
    name = models.CharField(max_length=120)
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("ordinal", "id")
        constraints = (models.UniqueConstraint(fields=["mockup_set", "name"], name="screen_once"),)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ScreenExemption(models.Model):
    """A state a screen cannot be in, with the reason."""

    screen = models.ForeignKey(Screen, on_delete=models.CASCADE, related_name="exemptions")
    state = models.CharField(max_length=12, choices=ScreenState)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["screen", "state"], name="screen_exemption_once"),
        )

    def __str__(self) -> str:
        return f"{self.screen}: no {self.get_state_display()}"


@pghistory.track()
class MockupVersion(models.Model):
    """A version. Unjudged until a study judges it; pinned, it is the one that counts."""

    class Fidelity(models.TextChoices):
        LOW = "low", _("Low fidelity")
        HIGH = "high", _("High fidelity")

    mockup_set = models.ForeignKey(MockupSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    fidelity = models.CharField(max_length=4, choices=Fidelity)
    note = models.TextField(blank=True)
    live_link = models.URLField(blank=True, max_length=500)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["mockup_set", "number"], name="mockup_version_once"),
            models.UniqueConstraint(
                fields=["mockup_set"],
                condition=models.Q(pinned_at__isnull=False),
                name="mockup_one_pinned",
            ),
        )

    def __str__(self) -> str:
        return f"v{self.number}, {self.get_fidelity_display()}"


class MockupFile(models.Model):
    """A frozen picture of one screen in one state, re-encoded, with its checksum (SHA-256 hex)."""

    version = models.ForeignKey(MockupVersion, on_delete=models.PROTECT, related_name="files")
    screen = models.ForeignKey(Screen, on_delete=models.PROTECT, related_name="files")
    state = models.CharField(max_length=12, choices=ScreenState, default=ScreenState.FILLED)
    file = models.FileField(upload_to="mockups/%Y/%m/", max_length=255)
    original_name = models.CharField(max_length=255)
    checksum = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("screen__ordinal", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "screen", "state"], name="mockup_file_one_per_cell"
            ),
        )
        triggers = (pgtrigger.ReadOnly(name="picture_is_frozen"),)

    def __str__(self) -> str:
        return f"{self.screen}, {self.get_state_display()}"


@pghistory.track()
class DesignComment(models.Model):
    """A remark on a version. Only an open must-fix holds the gate."""

    class Kind(models.TextChoices):
        MUST_FIX = "must_fix", _("Must fix")
        QUESTION = "question", _("Question")
        TASTE = "taste", _("Taste")

    version = models.ForeignKey(MockupVersion, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=8, choices=Kind)
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
    resolution = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
