"""Tickets of an initiative: story, task or bug, with criteria, test cases and sub-tasks."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.flow.versions import VersionedModel
from initiatives.models.initiative import Initiative
from initiatives.models.sprint import Sprint


@pghistory.track()
class Ticket(VersionedModel):
    """One piece of work. The initiative itself is the epic. `points` None means not estimated."""

    class Kind(models.TextChoices):
        STORY = "story", _("Story")
        TASK = "task", _("Task")
        BUG = "bug", _("Bug")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="tickets")
    team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
    )
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.STORY)
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    implementation_notes = models.TextField(blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sprint = models.ForeignKey(
        Sprint, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    ordinal = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ordinal", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(points=None) | models.Q(points__lte=100),
                name="ticket_points_plausible",
            ),
        )

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class SubTask(models.Model):
    """A step of the work inside a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="sub_tasks")
    title = models.CharField(max_length=255)
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("ordinal", "id")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class AcceptanceCriterion(models.Model):
    """What must be true for the ticket to be done."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="criteria")
    text = models.TextField()
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("ordinal", "id")
        verbose_name_plural = "acceptance criteria"

    def __str__(self) -> str:
        return self.text[:80]


@pghistory.track()
class TestCase(models.Model):
    """How a criterion is checked; `automated` once a machine does it."""

    __test__ = False  # pytest would take the name for a test class

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="test_cases")
    title = models.CharField(max_length=255)
    steps = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    automated = models.BooleanField(default=False)
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("ordinal", "id")

    def __str__(self) -> str:
        return self.title
