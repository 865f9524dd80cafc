"""The start of a business line: researched, decided about, its roles filled one after the other."""

from dataclasses import asdict
from typing import Any

import pghistory
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.lifecycle import StartUpLifecycle
from accounts.models.line import BusinessLine
from accounts.models.membership import Membership
from accounts.models.role import Role
from accounts.research import research_of
from config.flow.models import StatefulModel, StepRecord
from config.flow.visibility import VisibleQuerySet


@pghistory.track()
class StartUp(StatefulModel, StartUpLifecycle):
    """One per line that began as a start-up; it stays on record when the line stands."""

    class Leadership(models.TextChoices):
        LEADER = "leader", "A business leader is brought in"
        PRODUCT_MANAGER = "product_manager", "The product manager goes on"

    line = models.OneToOneField(BusinessLine, on_delete=models.PROTECT, related_name="start")
    product_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    leadership = models.CharField(max_length=16, choices=Leadership, blank=True)
    # What the decision to invest rested on, as it stood at that moment.
    evidence = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    decided_at = models.DateTimeField(null=True, blank=True)

    in_line = "line"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "start-up"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(phase__in=["researching", "backfilling", "standing", "stopped"]),
                name="start_up_known_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(phase__in=["backfilling", "standing"])
                | ~models.Q(leadership=""),
                name="start_up_invested_says_who_leads",
            ),
        )

    def __str__(self) -> str:
        return f"Start of {self.line}"

    @property
    def key(self) -> str:
        """The line's short name stands for its start."""
        return self.line.slug

    def get_absolute_url(self) -> str:
        return f"{self.line.get_absolute_url()}/start-up"

    def officers(self) -> list[str]:
        """Who decides about it, by name."""
        held = Membership.objects.filter(
            role=Role.CPO, line=None, team=None, ended_at=None, person__is_active=True
        )
        return list(held.values_list("person__name", flat=True).order_by("person__name"))

    def seen_evidence(self) -> list[dict[str, Any]]:
        """What speaks for it and against it now, in plain values."""
        return [asdict(finding) for finding in research_of(self.line).findings]

    def neighbours(self) -> list[models.QuerySet[Any]]:
        """The roles that the gates look at."""
        return [self.line.memberships.filter(ended_at=None)]


class StartUpStep(StepRecord):
    """The record of a start-up's steps."""

    subject = models.ForeignKey(StartUp, on_delete=models.PROTECT, related_name="steps_taken")

    class Meta(StepRecord.Meta):
        abstract = False


StartUp.record_model = StartUpStep
