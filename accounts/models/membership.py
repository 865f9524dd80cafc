"""A membership: a person's role in the company, a line or a team."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils import timezone

from accounts.models.line import BusinessLine
from accounts.models.role import EXCLUSIVE_ROLES, Role
from accounts.models.team import SubTeam, Team


@pghistory.track()
class Membership(models.Model):
    """A role held from one moment to another. Without line and team it holds company-wide."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Role)
    line = models.ForeignKey(
        BusinessLine,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    sub_team = models.ForeignKey(
        SubTeam,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    acting = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The last day, where it is known beforehand; a worker ends the role after it.
    last_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("role", "person__name")
        constraints = (
            # No two teams at the same moment for a person in a role that belongs to one team.
            ExclusionConstraint(
                name="membership_one_team_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("team", RangeOperators.NOT_EQUAL),
                    (
                        models.Func(
                            "started_at",
                            "ended_at",
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(team__isnull=False, role__in=[r.value for r in EXCLUSIVE_ROLES]),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "line", "team", "sub_team"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(sub_team=None) | models.Q(team__isnull=False),
                name="membership_sub_team_has_team",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("started_at")),
                name="membership_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        where = self.team or self.line
        acting = " (acting)" if self.acting else ""
        return f"{self.get_role_display()}{acting}" + (f", {where}" if where else "")

    @property
    def in_line_id(self) -> int | None:
        """The line this role counts for: the team's line, the line, or none (company-wide)."""
        return self.team.line_id if self.team else self.line_id
