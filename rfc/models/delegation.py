"""A delegation: somebody answers for another person's function while that person is away."""

from datetime import date
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Role
from config.flow.visibility import VisibleQuerySet


class DelegationQuerySet(VisibleQuerySet):
    """Reads of delegations."""

    def in_force(self, day: date) -> Self:
        """Those that hold on this day."""
        return self.filter(ended_at=None, starts_on__lte=day, ends_on__gte=day)

    def of_holders(self, day: date) -> Self:
        """In force, from people who hold the function still; one row per membership."""
        return self.in_force(day).filter(
            person__is_active=True,
            person__memberships__ended_at=None,
            person__memberships__role=models.F("function"),
        )


@pghistory.track()
class Delegation(models.Model):
    """`person` hands one function to `delegate` from one day to another, both included."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_delegations"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_for"
    )
    function = models.CharField(max_length=30, choices=Role)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ("-ends_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(person=models.F("delegate")), name="delegation_to_another"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="delegation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "function", "starts_on"],
                condition=models.Q(ended_at=None),
                name="delegation_once",
            ),
        )
        indexes = (models.Index(fields=["delegate", "ends_on"], name="delegation_of_delegate"),)

    def __str__(self) -> str:
        return f"{self.delegate} answers for {self.person}: {self.get_function_display()}"
