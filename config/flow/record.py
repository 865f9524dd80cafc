"""The record of every attempt, and the waiver of a requirement. Abstract; apps make them concrete."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class StepRecord(models.Model):
    """One attempt at a step. Concrete models add `subject` (related_name "steps_taken").

    `requirements` holds `[{gate, label, verdict, seen, missing: [{sentence, link, mender}]}]`.
    """

    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200, blank=True)
    actor_roles = models.CharField(max_length=400, blank=True)
    note = models.TextField(blank=True)
    told = models.JSONField(default=dict, blank=True)
    attempt = models.PositiveIntegerField()
    process_version = models.PositiveIntegerField()
    from_version = models.PositiveIntegerField()
    requirements = models.JSONField(default=list)
    taken = models.BooleanField()
    refusal = models.CharField(max_length=20, blank=True)
    sentences = models.JSONField(default=list, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "from_version"],
                condition=models.Q(taken=True),
                name="%(class)s_one_winner",
            ),
        )


class Waiver(models.Model):
    """A requirement let through by name, reason and date. Shown as waived, never as met."""

    gate = models.CharField(max_length=60)
    reason = models.TextField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    expires_date = models.DateField()
    follow_up_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-granted_at",)

    def in_force(self) -> bool:
        """Whether it holds today."""
        return self.withdrawn_at is None and self.expires_date >= timezone.localdate()
