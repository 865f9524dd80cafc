"""The committed ranking of a line for a period: lanes, entries, two signatures."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from config.flow.models import StatefulModel, StepRecord
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from initiatives.lifecycle import RankingLifecycle
from initiatives.models.framework import FrameworkVersion
from initiatives.models.initiative import Initiative

# What belongs to a ranking changes only while it is a draft; the database says so too.
FROZEN = pgtrigger.Trigger(
    name="frozen_when_committed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF EXISTS (
            SELECT 1 FROM initiatives_ranking r
            WHERE r.id = COALESCE(NEW.ranking_id, OLD.ranking_id) AND r.phase <> 'draft'
        ) THEN
            RAISE EXCEPTION 'a committed ranking is frozen';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


@pghistory.track()
class Ranking(StatefulModel, VersionedModel, RankingLifecycle):
    """One order for one line and period ("2026-Q4"). Committed, it never changes again."""

    line = models.ForeignKey(
        "accounts.BusinessLine", on_delete=models.PROTECT, related_name="rankings"
    )
    period = models.CharField(max_length=20)
    revision = models.PositiveIntegerField(default=1)
    complete_declared_date = models.DateField(null=True, blank=True)
    complete_declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sources_asked = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    sources_silent = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    capacity_points = models.PositiveIntegerField(default=0)
    pm_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pm_signed_at = models.DateTimeField(null=True, blank=True)
    bl_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    bl_signed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    in_line = "line"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-period", "-revision")
        constraints = (
            models.UniqueConstraint(
                fields=["line", "period", "revision"], name="ranking_revision_once"
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(phase="committed"),
                name="ranking_one_committed_per_line",
            ),
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(phase="draft"),
                name="ranking_one_draft_per_line",
            ),
            models.CheckConstraint(
                condition=models.Q(phase__in=["draft", "committed", "replaced"]),
                name="ranking_known_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}, {self.period}"

    def get_absolute_url(self) -> str:
        return f"/ranking/{self.line.slug}/{self.period}/{self.revision}"


@pghistory.track()
class Lane(models.Model):
    """A lane with its share of the capacity, in percent."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="lanes")
    name = models.CharField(max_length=60)
    share_percent = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=["ranking", "name"], name="lane_once"),
            models.CheckConstraint(
                condition=models.Q(share_percent__lte=100), name="lane_share_percent"
            ),
        )
        triggers = (FROZEN,)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class RankingEntry(models.Model):
    """An initiative's place. A place above a higher score carries a reason.

    Score, range, version and `basis` (confidence, parts by strength, when it was scored, what lacks)
    are those of the moment of commitment; in a draft they are read anew on every page.
    """

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="entries")
    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="entries")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="ranking_entries"
    )
    position = models.PositiveIntegerField()
    points = models.PositiveIntegerField(null=True, blank=True)
    score = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    score_low = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    score_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    version = models.ForeignKey(
        FrameworkVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    basis = models.JSONField(default=dict, blank=True)
    departure_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("lane__ordinal", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["ranking", "initiative"], name="ranking_initiative_once"
            ),
            models.UniqueConstraint(
                fields=["lane", "position"],
                name="ranking_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )
        triggers = (FROZEN,)

    def __str__(self) -> str:
        return f"{self.position}. {self.initiative}"


class RankingChange(models.Model):
    """What somebody changed in a draft, in words, and whose commitment that cleared.

    A change of the order keeps how everything stood before and after (lane → entries), so that it
    can be taken back as long as nothing was moved since.
    """

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=400)
    cleared = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.text


class RankingStep(StepRecord):
    """The record of a ranking's steps."""

    subject = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="steps_taken")


Ranking.record_model = RankingStep
