"""Hypothesis, evidence and the verdict on them."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.flow.versions import VersionedModel
from initiatives.meeting import SameWords
from initiatives.models.initiative import Initiative


@pghistory.track()
class Hypothesis(VersionedModel):
    """Doing X for audience A moves KPI K from baseline b towards t by date d. Frozen by evidence."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="hypothesis"
    )
    change = models.TextField(_("doing"))
    audience = models.CharField(max_length=200)
    kpi = models.ForeignKey("kpis.KPI", on_delete=models.PROTECT, related_name="+")
    baseline = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=6)
    by_date = models.DateField()
    pass_rule = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "hypotheses"
        indexes = (HashIndex(SameWords("audience"), name="hypothesis_audience_words"),)
        triggers = (
            # What was believed before the first result stays as it was, whoever writes.
            pgtrigger.Protect(
                name="frozen_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Hypothesis of {self.initiative.key}"


@pghistory.track()
class Evidence(VersionedModel):
    """One finding. `strength` is computed by `initiatives.evidence_strength`, never typed."""

    class Method(models.TextChoices):
        INTERVIEW = "interview", _("Interview")
        SURVEY = "survey", _("Survey")
        DATA = "data", _("Data analysis")
        MARKET = "market", _("Market or competitor study")
        EXPERIMENT = "experiment", _("Experiment")
        PROTOTYPE = "prototype", _("Prototype test")
        REGULATION = "regulation", _("Regulation")
        INCIDENT = "incident", _("Incident")

    class Kind(models.TextChoices):
        QUALITATIVE = "qualitative", _("Qualitative")
        QUANTITATIVE = "quantitative", _("Quantitative")

    class Points(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        UNCLEAR = "unclear", _("Unclear")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="evidence")
    note = models.ForeignKey(
        "initiatives.ResearchNote",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="quotes",
    )
    note_start = models.PositiveIntegerField(null=True, blank=True)
    collector = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    collected_date = models.DateField()
    method = models.CharField(max_length=12, choices=Method)
    kind = models.CharField(max_length=12, choices=Kind)
    points = models.CharField(max_length=8, choices=Points)
    finding = models.TextField()
    quote = models.TextField(blank=True)
    sample = models.PositiveIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=200)
    from_customers = models.BooleanField(default=False)
    link = models.URLField(blank=True, max_length=500)
    link_broken_at = models.DateTimeField(null=True, blank=True, editable=False)
    carried_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="carried_to",
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-collected_date", "-id")
        verbose_name_plural = "evidence"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(note__isnull=True)
                | (models.Q(note_start__isnull=False) & ~models.Q(quote="")),
                name="evidence_of_a_note_is_a_quote",
            ),
            models.UniqueConstraint(
                fields=["initiative", "note", "note_start", "quote"],
                condition=models.Q(note__isnull=False, archived_at__isnull=True),
                name="evidence_quote_once",
            ),
        )
        triggers = (
            # The first result freezes the hypothesis, through whatever door it came.
            pgtrigger.Trigger(
                name="first_result_freezes",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE initiatives_hypothesis SET frozen_at = now()
                    WHERE initiative_id = NEW.initiative_id AND frozen_at IS NULL;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_method_display()}, {self.collected_date}: {self.finding[:60]}"


@pghistory.track()
class ValidationVerdict(models.Model):
    """What the evidence says, by a named person. The newest one stands."""

    class Outcome(models.TextChoices):
        SUPPORTED = "supported", _("Supported")
        REFUTED = "refuted", _("Refuted")
        INCONCLUSIVE = "inconclusive", _("Inconclusive")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="verdicts")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField()
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judge_roles = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")
        triggers = (
            # Nobody judges what only they collected, and nobody judges nothing.
            pgtrigger.Trigger(
                name="judged_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM initiatives_evidence
                        WHERE initiative_id = NEW.initiative_id AND archived_at IS NULL
                        AND collector_id <> NEW.judge_id
                    ) THEN
                        RAISE EXCEPTION
                            'a verdict needs evidence that somebody else collected'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by {self.judge}"


# For a research note, which has no direction of its own.
METHODS, KINDS = Evidence.Method, Evidence.Kind
