"""A business line: the unit that owns KPIs, ranks initiatives and answers referrals."""

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.place import PlaceQuerySet
from accounts.models.role import Role
from config.web.zones import known_zone


@pghistory.track()
class BusinessLine(models.Model):
    """A business line. `start_up` marks one whose roles are still held in an acting capacity;
    `backfill_order` says in which order they are filled (empty: the shipped order). A closed line
    keeps its records and takes nothing new.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120, unique=True)
    purpose = models.TextField(blank=True)
    start_up = models.BooleanField(default=False)
    backfill_order = ArrayField(
        models.CharField(max_length=30, choices=Role), default=list, blank=True
    )
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    in_line = "pk"
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def open_teams(self) -> list[Any]:
        """Teams that are not closed, from the loaded ones."""
        return [team for team in self.teams.all() if team.closed_at is None]

    def get_absolute_url(self) -> str:
        return f"/teams/{self.slug}"
