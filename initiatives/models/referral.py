"""The referral of a cross-line initiative to the CPO: one coordinator at any time."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from config.flow.models import StatefulModel, StepRecord
from config.flow.visibility import VisibleQuerySet
from initiatives.lifecycle import ReferralLifecycle
from initiatives.models.initiative import Initiative


@pghistory.track()
class Referral(StatefulModel, ReferralLifecycle):
    """Asked when a second line is touched; `due_date` is the clock of the CPO's answer."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="referral")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_date = models.DateField()
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    delegate_until = models.DateField(null=True, blank=True)
    returned_to = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    in_line = "initiative__line"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("due_date", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    phase__in=["asked", "coordinated", "returned", "split", "declined"]
                ),
                name="referral_known_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(phase="coordinated") | models.Q(coordinator__isnull=False),
                name="referral_coordinated_has_coordinator",
            ),
            models.CheckConstraint(
                condition=models.Q(delegate_until=None) | models.Q(delegate__isnull=False),
                name="referral_end_date_of_a_delegate",
            ),
        )

    def __str__(self) -> str:
        return f"Referral of {self.initiative.key}"

    def get_absolute_url(self) -> str:
        return self.initiative.tab_url("referral")


class ReferralStep(StepRecord):
    """The record of a referral's steps."""

    subject = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps_taken")


Referral.record_model = ReferralStep
