"""A line's connection to Jira and one row per thing that is kept in step there."""

import uuid
from typing import Any, ClassVar

import pghistory
from django.db import models, transaction
from django.utils import timezone

from config.due.models import DueRow
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from initiatives.models.initiative import Initiative
from initiatives.models.ticket import SubTask, Ticket
from initiatives.signals import due_jira_item, jira_settled


@pghistory.track(exclude=["token_sealed", "catalogue"])
class JiraConnection(VersionedModel):
    """Where a line's work goes. The token is sealed (config.seal); it is never shown again."""

    class State(models.TextChoices):
        UNCHECKED = "unchecked", "Not checked yet"
        READY = "ready", "Ready"
        REFUSED = "refused", "Signed out by Jira"
        OFF = "off", "Push is off"

    line = models.OneToOneField(
        "accounts.BusinessLine", on_delete=models.PROTECT, related_name="jira"
    )
    base_url = models.URLField(max_length=300)
    browse_url = models.URLField(max_length=300, blank=True)
    email = models.EmailField()
    token_sealed = models.TextField()
    project_key = models.CharField(max_length=20)
    project_id = models.CharField(max_length=20, blank=True)
    account_id = models.CharField(max_length=128, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UNCHECKED)
    state_note = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    catalogue = models.JSONField(default=dict, blank=True)
    catalogue_at = models.DateTimeField(null=True, blank=True)
    poll_cursor = models.DateTimeField(null=True, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    limited_until = models.DateTimeField(null=True, blank=True)

    in_line = "line"
    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.line} → {self.project_key}"

    def get_absolute_url(self) -> str:
        return f"/jira/{self.line.slug}"

    def touch_state(self, *, state: str, state_note: str) -> None:
        """Say how it stands; not a change people edit, so the version stays."""
        self.state, self.state_note = state, state_note
        self.save(update_fields=["state", "state_note"])


# Outcomes that others may want to hear of, as values of `JiraItem.Sync`.
SETTLED = ("synced", "refused", "gone")


class JiraItem(DueRow):
    """One issue: level-triggered, `wanted` against `done`. The marker makes a create findable."""

    kind_label: ClassVar[str] = "Jira issue"

    class Sync(models.TextChoices):
        NEW = "new", "Not sent yet"
        SENDING = "sending", "Being sent"
        UNKNOWN = "unknown", "Outcome unknown, being looked for"
        SYNCED = "synced", "In step"
        REFUSED = "refused", "Refused by Jira"
        GONE = "gone", "Gone in Jira"

    connection = models.ForeignKey(JiraConnection, on_delete=models.PROTECT, related_name="items")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="jira_items")
    ticket = models.ForeignKey(
        Ticket,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jira_items",
    )
    sub_task = models.ForeignKey(
        SubTask,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="jira_items",
    )
    level = models.CharField(max_length=8, choices=[(x, x) for x in ("epic", "ticket", "subtask")])
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    marker = models.UUIDField(default=uuid.uuid4, unique=True)
    issue_id = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=40, blank=True)
    sync = models.CharField(max_length=8, choices=Sync, default=Sync.NEW)
    sent_at = models.DateTimeField(null=True, blank=True)
    probes = models.PositiveSmallIntegerField(default=0)
    snapshot = models.JSONField(default=dict, blank=True)
    rfc_revision = models.CharField(max_length=30, blank=True)
    status_name = models.CharField(max_length=80, blank=True)
    status_category = models.CharField(max_length=20, blank=True)
    jira_updated_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    drift = models.JSONField(default=dict, blank=True)
    message = models.TextField(blank=True)
    job = models.ForeignKey(
        "due.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(DueRow.Meta):
        abstract = False
        constraints = (
            *DueRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["connection", "initiative"],
                condition=models.Q(level="epic"),
                name="jira_item_one_epic",
            ),
            models.UniqueConstraint(
                fields=["connection", "ticket"],
                condition=models.Q(level="ticket"),
                name="jira_item_one_per_ticket",
            ),
            models.UniqueConstraint(
                fields=["connection", "sub_task"],
                condition=models.Q(level="subtask", sub_task__isnull=False),
                name="jira_item_one_per_sub_task",
            ),
            models.UniqueConstraint(
                fields=["connection", "issue_id"],
                condition=~models.Q(issue_id=""),
                name="jira_item_one_per_issue",
            ),
        )

    def __str__(self) -> str:
        return self.key or f"{self.level} {self.marker}"

    def work(self) -> None:
        """Bring Jira in step; the executor's receiver does it, since actions stand above models."""
        due_jira_item.send(sender=JiraItem, item=self)

    def renew(self, **fields: Any) -> None:
        """As every due row; the first write of an outcome is told in its own transaction."""
        before, now = self.sync, fields.get("sync")
        with transaction.atomic():
            super().renew(**fields)
            if now in SETTLED and now != before:
                jira_settled.send(sender=JiraItem, item=self)

    def describe(self) -> str:
        named = self.sub_task or self.ticket or self.initiative
        return f"{self.key or 'New issue'} for “{named}”"

    def subject_url(self) -> str:
        return self.initiative.tab_url("push")

    def touch(self, **fields: Any) -> None:
        """Save some fields without waking the relay more often than needed."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    @property
    def browse_url(self) -> str:
        base = (self.connection.browse_url or self.connection.base_url).rstrip("/")
        return f"{base}/browse/{self.key}" if self.key else ""

    @property
    def is_fresh(self) -> bool:
        """Whether Jira was read within the last fifteen minutes."""
        return bool(self.read_at and (timezone.now() - self.read_at).total_seconds() < 900)
