"""Endpoints (programs and chat rooms), what is sent to them (due rows), and each attempt."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.due.models import DueRow
from config.flow.versions import VersionedModel
from config.flow.visibility import administers, limit_of
from webhooks.events import kind_label
from webhooks.permissions import keeps, lines_kept, teams_led
from webhooks.signals import due_delivery

# What changes with every delivery, and the sealed secrets, stay out of the history.
UNTRACKED = ("secret_sealed", "old_secret_sealed", "failing_since", "resting_until", "last_ok_at")


class Form(models.TextChoices):
    """What an endpoint understands: signed messages for programs, or sentences for a chat."""

    SIGNED = "signed", _("Signed messages")
    SLACK = "slack", _("Slack, Mattermost, Rocket.Chat, Discord")
    TEAMS = "teams", _("Microsoft Teams")


ROOM_FORMS = [choice for choice in Form.choices if choice[0] != Form.SIGNED]


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Reads of endpoints."""

    def visible_to(self, person: Any) -> "EndpointQuerySet":
        """Those the person may keep; a company-wide one is an administrator's, the room of a team
        also its leader's.
        """
        lines = lines_kept(person)
        if administers(person) and limit_of(person) is None:
            return self
        if lines is None:
            return self.filter(line__isnull=False)
        return self.filter(Q(line_id__in=lines) | Q(team_id__in=teams_led(person)))

    def signed(self) -> "EndpointQuerySet":
        """Programs."""
        return self.filter(form=Form.SIGNED)

    def rooms(self) -> "EndpointQuerySet":
        """Chat rooms."""
        return self.exclude(form=Form.SIGNED)

    def that_want(self, kind: str) -> "EndpointQuerySet":
        """Those that are on and asked for this kind of event."""
        return self.filter(is_on=True, kinds__contains=[kind])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=list(UNTRACKED),
)
class Endpoint(VersionedModel):
    """Where events are sent, and which. The secret is sealed (config.seal) and never shown again.

    The secret of a chat room is its address; `url` then holds what of it may be shown. A room
    belongs to a line, or to one team of it.

    `keeper` vouches for it: it hears of nothing that this person, in this line, may not see.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    form = models.CharField(max_length=6, choices=Form, default=Form.SIGNED)
    kinds = ArrayField(models.CharField(max_length=60))
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="webhooks",
    )
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="chat_rooms"
    )
    with_titles = models.BooleanField(default=False)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks"
    )
    secret_sealed = models.TextField(editable=False)
    old_secret_sealed = models.TextField(blank=True, default="", editable=False)
    old_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    is_on = models.BooleanField(default=True, editable=False)
    off_at = models.DateTimeField(null=True, blank=True, editable=False)
    off_because = models.CharField(max_length=300, blank=True, default="", editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    resting_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_ok_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    in_line = "line"
    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "webhook"
        indexes = (GinIndex(fields=["kinds"], name="endpoint_by_kind"),)
        constraints = (
            models.CheckConstraint(condition=~Q(kinds=[]), name="endpoint_asks_for_something"),
            models.CheckConstraint(
                condition=Q(is_on=True, off_at=None, off_because="")
                | Q(is_on=False, off_at__isnull=False) & ~Q(off_because=""),
                name="endpoint_off_says_why",
            ),
            models.CheckConstraint(
                condition=Q(form="signed", team=None, with_titles=False)
                | (Q(form__in=["slack", "teams"]) & Q(line__isnull=False)),
                name="endpoint_room_has_a_line",
            ),
            models.CheckConstraint(
                condition=Q(old_secret_sealed="", old_secret_until=None)
                | Q(old_secret_until__isnull=False) & ~Q(old_secret_sealed=""),
                name="endpoint_old_secret_ends",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.home}/{self.public_id}"

    @property
    def is_room(self) -> bool:
        """Whether people in a chat read it."""
        return self.form != Form.SIGNED

    @property
    def home(self) -> str:
        """Where the others of its sort are listed."""
        return "/chat" if self.is_room else "/webhooks"

    @property
    def place(self) -> Any:
        """What it hears of: a team, a line, or None for the company."""
        return self.team or self.line

    def kept_by(self, person: Any) -> bool:
        """Whether the person may keep it."""
        return keeps(person, self.line, self.team)

    @property
    def state(self) -> str:
        """One word: on, failing or off."""
        if not self.is_on:
            return "off"
        return "failing" if self.failing_since else "on"


class Outcome(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    GAVE_UP = "gave_up", _("Gave up")
    STOPPED = "stopped", _("Not sent: the webhook was off")


class Delivery(DueRow):
    """One event for one endpoint. `message_id` stays the same however often it is sent.

    The row ends as done however it went: what failed is for the endpoint's keeper, not for whoever
    runs the installation, so `outcome` says what became of it.
    """

    kind_label: ClassVar[str] = "Webhook"

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    # Exactly what is sent; emptied after a while.
    body = models.TextField(blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    # The local day of a heartbeat; a room has one a day.
    day = models.DateField(null=True, blank=True, editable=False)
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(DueRow.Meta):
        abstract = False
        verbose_name_plural = "deliveries"
        ordering = ("-pk",)
        indexes = (
            *DueRow.Meta.indexes,
            models.Index(fields=["endpoint", "-id"], name="delivery_by_endpoint"),
        )
        constraints = (
            *DueRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="delivery_known_outcome"
            ),
            models.UniqueConstraint(fields=["endpoint", "day"], name="delivery_once_a_day"),
            models.CheckConstraint(
                condition=~Q(outcome="waiting") | ~Q(body=""), name="delivery_waiting_has_body"
            ),
        )

    def work(self) -> None:
        """Send it once. A worker killed in the send sends again, with the same id."""
        due_delivery.send(sender=type(self), delivery=self)

    def describe(self) -> str:
        return f"{kind_label(self.kind)} to {self.endpoint}"

    def subject_url(self) -> str:
        return self.endpoint.get_absolute_url()

    def next_try(self) -> datetime | None:
        """When it is sent next; None when it is not."""
        return self.due_at if self.outcome == Outcome.WAITING and self.endpoint.is_on else None


class Attempt(models.Model):
    """One time it was sent: where to, how long it took, and what came back. No answer is kept."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="sent")
    url = models.URLField(max_length=500)
    at = models.DateTimeField(db_default=Now())
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.status or self.said}"
