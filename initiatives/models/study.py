"""A study: a mockup version tested with customers, task by task, and judged."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.meeting import SameWords
from initiatives.models.mockup import MockupVersion


@pghistory.track()
class Study(models.Model):
    """A test of one version. The verdict is by someone other than the only designer."""

    class Verdict(models.TextChoices):
        VALIDATED = "validated", _("Validated")
        NOT_VALIDATED = "not_validated", _("Not validated")
        UNCLEAR = "unclear", _("Unclear")

    version = models.ForeignKey(MockupVersion, on_delete=models.PROTECT, related_name="studies")
    goal = models.TextField()
    segment = models.CharField(max_length=200)
    participants = models.PositiveIntegerField()
    held_date = models.DateField()
    findings = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=14, choices=Verdict, blank=True)
    verdict_reason = models.TextField(blank=True)
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-held_date", "-id")
        verbose_name_plural = "studies"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verdict="")
                | models.Q(judge__isnull=False, judged_at__isnull=False),
                name="study_verdict_has_judge",
            ),
            models.CheckConstraint(
                condition=models.Q(participants__gte=1), name="study_has_participants"
            ),
        )
        indexes = (HashIndex(SameWords("segment"), name="study_segment_words"),)

    def __str__(self) -> str:
        return f"{self.goal[:60]} ({self.participants} participants)"


@pghistory.track()
class StudyTask(models.Model):
    """One task: how many of those who tried succeeded."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300)
    tried = models.PositiveIntegerField()
    succeeded = models.PositiveIntegerField()
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("ordinal", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(succeeded__lte=models.F("tried")),
                name="study_task_counts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.text}: {self.succeeded} of {self.tried}"
