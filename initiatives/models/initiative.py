"""The initiative: one record from request to outcome, its lines and the record of its steps."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, HashIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Lower, Upper
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from config.flow.models import StatefulModel, StepRecord
from config.flow.record import Waiver
from config.flow.searching import SearchedText
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from initiatives.lifecycle import PHASES, InitiativeLifecycle
from initiatives.meeting import SameWords, Services
from initiatives.models.framework import FrameworkVersion
from initiatives.models.source import Source


# A row knows when anything about it changed; the database says so, whoever writes.
@pgtrigger.register(
    pgtrigger.Trigger(
        name="says_when_changed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="NEW.changed_at = NOW(); RETURN NEW;",
    )
)
@pghistory.track(
    exclude=["search", "score_version", "changed_at"],
    # A past day is read row by row: each row's later ones, and the newest initiatives first.
    meta={
        "indexes": [
            models.Index(
                fields=["pgh_obj", "pgh_id"],
                include=["pgh_created_at"],
                name="initiative_event_later",
            ),
            models.Index(fields=["-created_at", "-id"], name="initiative_event_newest"),
        ]
    },
)
class Initiative(StatefulModel, VersionedModel, InitiativeLifecycle):
    """An initiative. `score` is the stored summary of its inputs; None means incomplete."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    title = models.CharField(max_length=200)
    problem = models.TextField()
    affected = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="initiatives")
    source_fields = models.JSONField(default=dict, blank=True)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="initiatives_requested",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives_owned",
    )
    designer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tpm = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives_led",
    )
    team = models.ForeignKey(
        "accounts.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives",
    )
    hoped_kpi = models.ForeignKey(
        "kpis.KPI", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deadline_date = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    split_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    duplicates_checked_at = models.DateTimeField(null=True, blank=True)
    duplicates_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    parked_from = models.CharField(max_length=20, blank=True)
    no_design_reason = models.TextField(blank=True)
    no_design_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    score = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    score_low = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    score_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, editable=False)
    score_missing = models.JSONField(default=list, blank=True, editable=False)
    score_version = models.ForeignKey(
        FrameworkVersion,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector(SearchedText("problem"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    in_line = "line"
    in_team = "team"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(phase__in=PHASES), name="initiative_known_phase"
            ),
            models.CheckConstraint(
                condition=~models.Q(phase="duplicate") | models.Q(duplicate_of__isnull=False),
                name="initiative_duplicate_names_original",
            ),
            models.CheckConstraint(
                condition=~models.Q(duplicate_of=models.F("id")),
                name="initiative_not_its_own_duplicate",
            ),
            models.CheckConstraint(
                condition=~models.Q(phase="parked") | ~models.Q(parked_from=""),
                name="initiative_parked_knows_where_from",
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=["intake", "declined", "duplicate"])
                | models.Q(owner__isnull=False, line__isnull=False),
                name="initiative_accepted_has_owner_and_line",
            ),
        )
        indexes = (
            models.Index(fields=["phase", "line", "-created_at", "-id"], name="initiative_lists"),
            models.Index(fields=["-created_at", "-id"], name="initiative_newest"),
            # The queue of triage in its order; every page's rail counts it from here alone.
            models.Index(
                fields=["deadline_date", "created_at", "id"],
                include=["snoozed_until"],
                condition=models.Q(phase="intake"),
                name="initiative_triage",
            ),
            models.Index(fields=["-changed_at", "-id"], name="initiative_changed"),
            models.Index(fields=["state_entered_at", "-id"], name="initiative_longest"),
            models.Index(fields=["line", "phase", "state_entered_at"], name="initiative_heat"),
            models.Index(Lower("title"), F("id").desc(), name="initiative_by_title"),
            models.Index(
                Coalesce("score", Value(Decimal("-1e11"))).desc(),
                F("id").desc(),
                name="initiative_by_score",
            ),
            models.Index(
                Coalesce("deadline_date", Value(date.max)),
                F("id").desc(),
                name="initiative_by_deadline",
            ),
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"),
                name="initiative_title_trgm",
            ),
            HashIndex(SameWords("affected"), name="initiative_affected_words"),
            GinIndex(Services("source_fields"), name="initiative_services"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def key(self) -> str:
        return f"INI-{self.number}"

    def get_absolute_url(self) -> str:
        return f"/initiatives/{self.key}-{slugify(self.title)[:60].strip('-')}".rstrip("-")

    def tab_url(self, tab: str) -> str:
        """The address of one tab of the initiative's pages."""
        return f"/initiatives/{self.key}/{tab}"

    @property
    def own_receipt(self) -> str:
        """The receipt itself, also when the request joined another one."""
        return f"{self.tab_url('receipt')}?stay=1"

    def waivers_in_force(self) -> dict[str, Waiver]:
        found = self.waivers.filter(
            withdrawn_at=None, expires_date__gte=timezone.localdate()
        ).select_related("granted_by", "follow_up_owner")
        return {w.gate: w for w in found}

    def neighbours(self) -> Iterable[models.QuerySet[Any]]:
        """RFCs and lines a gate looks at stay as they are while a step is decided."""
        return (self.rfcs.all(), self.lines.all())


class InitiativeLine(models.Model):
    """A line the initiative touches, and that line's own answer."""

    class Answer(models.TextChoices):
        NONE = "none", _("Has not answered")
        ACCEPTED = "accepted", _("Accepts")
        CONDITIONAL = "conditional", _("Accepts with conditions")
        DECLINED = "declined", _("Declines")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(
        "accounts.BusinessLine", on_delete=models.PROTECT, related_name="touched_by"
    )
    answer = models.CharField(max_length=12, choices=Answer, default=Answer.NONE)
    note = models.TextField(blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kpi = models.ForeignKey(
        "kpis.KPI", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    capacity_points = models.PositiveIntegerField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "line"], name="initiative_line_once"),
            models.CheckConstraint(
                condition=models.Q(answer="none")
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="initiative_line_answer_has_author",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer__in=["conditional", "declined"]) | ~models.Q(note=""),
                name="initiative_line_refusal_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.get_answer_display()}"


pghistory.track()(InitiativeLine)


class InitiativeStep(StepRecord):
    """The record of an initiative's steps."""

    subject = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="steps_taken")

    class Meta(StepRecord.Meta):
        indexes = (
            models.Index(fields=["-at", "-id"], name="initiative_steps_newest"),
            models.Index(
                fields=["from_state", "-at", "-id"],
                condition=models.Q(taken=True),
                name="initiative_steps_left",
            ),
        )


Initiative.record_model = InitiativeStep
