"""Product teams and their sub-teams."""

import pghistory
from django.db import models

from accounts.models.line import BusinessLine
from accounts.models.place import PlaceQuerySet
from accounts.models.role import Role


@pghistory.track()
class Team(models.Model):
    """A product team of one business line, led by a product manager."""

    line = models.ForeignKey(BusinessLine, on_delete=models.PROTECT, related_name="teams")
    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)

    in_line = "line"
    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["line", "name"], name="team_name_once_per_line"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/teams/{self.line.slug}/{self.slug}"


@pghistory.track()
class SubTeam(models.Model):
    """One or more people of one function inside a team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="sub_teams")
    function = models.CharField(max_length=30, choices=Role)
    name = models.CharField(max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)

    in_line = "team__line"
    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["team", "name"], name="sub_team_name_once_per_team"),
        )

    def __str__(self) -> str:
        return self.name
