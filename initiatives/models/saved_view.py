"""Saved views of the portfolio: a name for an address, private, of a team or of the company."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet, within_lines


class SavedViewQuerySet(VisibleQuerySet):
    """Reads of saved views."""

    def visible_to(self, person: Any) -> Self:
        """One's own, those of one's teams and those of the company; archived ones by their id."""
        if not getattr(person, "is_authenticated", False) or not person.is_active:
            return self.none()
        teams = [m.team_id for m in person.current_memberships() if m.team_id]
        mine = Q(owner=person) | Q(scope="company") | Q(scope="team", team__in=teams)
        return within_lines(self.filter(mine), person)

    def live(self) -> Self:
        """Views that are not archived."""
        return self.filter(archived_at=None)


@pghistory.track()
class SavedView(VersionedModel):
    """A view: `query` is the address behind the question mark, without `view` and `page`.

    Opening one fills the address; the address alone decides what is shown. Deleting archives.
    """

    class Scope(models.TextChoices):
        PRIVATE = "private", _("Only I")
        TEAM = "team", _("A team")
        COMPANY = "company", _("Everybody")

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views"
    )
    scope = models.CharField(_("who sees it"), max_length=7, choices=Scope, default=Scope.PRIVATE)
    team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="saved_views",
        verbose_name=_("team"),
    )
    query = models.CharField(max_length=2000, blank=True)
    team_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(scope__in=["private", "team", "company"]), name="saved_view_scope"
            ),
            models.CheckConstraint(
                condition=Q(scope="team", team__isnull=False) | (~Q(scope="team") & Q(team=None)),
                name="saved_view_team_named",
            ),
            models.CheckConstraint(
                condition=Q(team_default=False) | Q(scope="team"),
                name="saved_view_default_of_a_team",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(team_default=True, archived_at=None),
                name="saved_view_one_default_per_team",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The address the view fills in, with its id."""
        rest = f"&{self.query}" if self.query else ""
        return f"/initiatives?view={self.pk}{rest}"


class ViewMark(models.Model):
    """What a person keeps of a view: starred in the rail, followed by a daily mail."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="marks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="view_marks"
    )
    starred = models.BooleanField(default=False)
    followed = models.BooleanField(default=False)
    # What a follower knows: the ids the view held when it was last told, and when that was.
    told_ids = models.JSONField(default=list, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["view", "person"], name="view_mark_once"),
            models.CheckConstraint(
                condition=Q(starred=True) | Q(followed=True), name="view_mark_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.view}"


class LastLook(models.Model):
    """When a person looked at the list last, and the time before that."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="last_look"
    )
    seen_at = models.DateTimeField(default=timezone.now)
    before_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(before_at=None) | Q(before_at__lte=models.F("seen_at")),
                name="last_look_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.seen_at:%Y-%m-%d %H:%M}"
