"""An RFC: the contract about one change. Its text lives in revisions and in one draft."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from config.flow.models import StatefulModel, StepRecord
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from rfc.lifecycle import STATE_LABELS, RFCLifecycle
from rfc.models.template import RFCTemplate
from rfc.text.languages import CHOICES


@pghistory.track()
class RFC(StatefulModel, VersionedModel, RFCLifecycle):
    """An RFC. `flags` lists risk and data flags that demand reviewers (see rfc.required)."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    title = models.CharField(max_length=255)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rfcs_written"
    )
    co_authors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    named_reviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    named_approvers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rfcs",
    )
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rfcs",
    )
    owning_team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rfcs",
    )
    participating_teams = models.ManyToManyField("accounts.Team", blank=True, related_name="+")
    template = models.ForeignKey(
        RFCTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="begun_rfcs"
    )
    template_reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=40, blank=True)
    flags = models.JSONField(default=list, blank=True)
    # Said by the authors; empty: each revision's language is detected.
    language = models.CharField(max_length=12, choices=CHOICES, blank=True)
    summary_problem = models.CharField(max_length=400, blank=True)
    decision_asked = models.CharField(max_length=400, blank=True)
    review_opened_at = models.DateTimeField(null=True, blank=True)
    window_ends_at = models.DateTimeField(null=True, blank=True)
    # Nobody moved it for long: when its author was warned, and when somebody said it goes on.
    expiry_warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    kept_at = models.DateTimeField(null=True, blank=True, editable=False)
    superseded_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supersedes",
    )
    replaces = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="replaced_by"
    )
    created_date = models.DateField(default=timezone.localdate)
    changed_at = models.DateTimeField(default=timezone.now)
    revision_count = models.PositiveIntegerField(default=0, editable=False)
    stands_alone_reason = models.CharField(max_length=400, blank=True)
    # What the newest revision says, as approvals see it; written with it under the row lock.
    content = models.JSONField(default=list, editable=False)
    unfilled = models.JSONField(default=list, editable=False)
    published_hash = models.CharField(max_length=64, blank=True, editable=False)
    draft_hash = models.CharField(max_length=64, blank=True, editable=False)

    in_line = "line"
    in_team = "owning_team"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "RFC"
        ordering = ("-changed_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    phase__in=[
                        "draft",
                        "in_review",
                        "accepted",
                        "declined",
                        "withdrawn",
                        "superseded",
                        "implemented",
                        "expired",
                    ]
                ),
                name="rfc_known_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(phase="superseded") | models.Q(superseded_by__isnull=False),
                name="rfc_superseded_has_successor",
            ),
            models.CheckConstraint(
                condition=~models.Q(superseded_by=models.F("id")),
                name="rfc_not_its_own_successor",
            ),
        )
        indexes = (
            models.Index(fields=["phase", "-changed_at", "-id"], name="rfc_by_state_change"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def window_words(self) -> str:
        """What is said of the comment window before its moment; empty while none runs."""
        ends = self.window_ends_at
        if self.phase != self.IN_REVIEW or ends is None:
            return ""
        if ends <= timezone.now():
            return _("window ended")
        return _("window ends") if self.window_ends_soon else _("window until")

    @property
    def window_ends_soon(self) -> bool:
        """Whether the comment window ends within a day."""
        ends, now = self.window_ends_at, timezone.now()
        return ends is not None and now < ends <= now + timedelta(days=1)

    @property
    def key(self) -> str:
        return f"RFC-{self.number}"

    def get_state_label(self) -> str:
        """The state in words."""
        return str(STATE_LABELS[self.phase])

    @property
    def has_unpublished_edits(self) -> bool:
        """Whether the draft differs from the newest revision."""
        return self.draft_hash != self.published_hash

    def get_absolute_url(self) -> str:
        return f"/rfcs/{self.key}"

    @property
    def edit_url(self) -> str:
        """Where its draft is written."""
        return f"{self.get_absolute_url()}/edit"

    def neighbours(self) -> Iterable[models.QuerySet[Any]]:
        """Positions judge content; while a step is decided neither may be closed or withdrawn."""
        return (self.positions.all(),)


class RFCStep(StepRecord):
    """The record of an RFC's steps."""

    subject = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="steps_taken")


RFC.record_model = RFCStep
