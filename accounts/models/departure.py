"""Somebody leaves: what was held, to whom each piece went, and how it was before."""

from datetime import datetime, timedelta

import pghistory
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.flow.visibility import VisibleQuerySet

UNDO_WITHIN = timedelta(days=14)


@pghistory.track()
class Departure(models.Model):
    """One leaving. Names and roles are kept as they were at that moment."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="departures"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_roles = models.CharField(max_length=400, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at=None), name="departure_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} left"

    def get_absolute_url(self) -> str:
        return f"/departures/{self.pk}"

    @property
    def undo_until(self) -> datetime:
        """The last moment at which it can be taken back."""
        return self.at + UNDO_WITHIN

    @property
    def may_be_undone(self) -> bool:
        """Whether it is young enough and stands."""
        return self.undone_at is None and timezone.now() <= self.undo_until


@pghistory.track()
class HandedOver(models.Model):
    """One piece of work of a leaving; without a successor it simply ended."""

    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="pieces")
    holding = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    href = models.CharField(max_length=300, blank=True)
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    before = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    undone = models.BooleanField(null=True)
    undo_said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("holding", "id")
        verbose_name_plural = "pieces handed over"
        constraints = (
            models.UniqueConstraint(
                fields=["departure", "holding", "object_id"], name="handed_over_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
