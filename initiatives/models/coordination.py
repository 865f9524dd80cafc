"""What lines owe each other: conditions, contributions to a promise, lines stated not to be touched."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative, InitiativeLine
from initiatives.models.promise import KpiPromise

WHOLE = 100
# Whatever the lines promise at least, together they cannot give more than the whole.
NO_MORE_THAN_THE_WHOLE = """
    PERFORM 1 FROM initiatives_kpipromise WHERE id = NEW.promise_id FOR NO KEY UPDATE;
    IF (SELECT COALESCE(SUM(low_percent), 0) FROM initiatives_contribution
        WHERE promise_id = NEW.promise_id AND id <> NEW.id) + NEW.low_percent > 100 THEN
        RAISE EXCEPTION 'contributions of the lines exceed the whole'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contribution_within_whole';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class LineCondition(models.Model):
    """A condition under which a line accepts; open until that line says it is met."""

    share = models.ForeignKey(InitiativeLine, on_delete=models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=500)
    added_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closing_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~models.Q(closing_note=""),
                name="line_condition_closed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Contribution(models.Model):
    """The share of a promised change that a line gives, as a range in per cent of the whole."""

    promise = models.ForeignKey(KpiPromise, on_delete=models.CASCADE, related_name="contributions")
    share = models.ForeignKey(
        InitiativeLine, on_delete=models.CASCADE, related_name="contributions"
    )
    low_percent = models.PositiveSmallIntegerField()
    high_percent = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("promise_id", "id")
        constraints = (
            models.UniqueConstraint(fields=["promise", "share"], name="contribution_once"),
            models.CheckConstraint(
                condition=models.Q(
                    low_percent__lte=models.F("high_percent"), high_percent__lte=WHOLE
                ),
                name="contribution_range_in_whole",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="within_the_whole",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_MORE_THAN_THE_WHOLE,
            ),
        )

    def __str__(self) -> str:
        return f"{self.low_percent}–{self.high_percent} %"


@pghistory.track()
class LineDisclaimer(models.Model):
    """Why a line that the facts point to is not touched. It holds for the facts of that day only."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="disclaimers")
    line = models.ForeignKey("accounts.BusinessLine", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    facts = models.JSONField(default=list)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_roles = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "line"], name="line_disclaimer_once"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="line_disclaimer_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative.key} does not touch {self.line}"


@pghistory.track()
class CollisionNote(models.Model):
    """What people say about two initiatives that meet: no collision, or a question to both owners.

    A dismissal holds until its day, for the facts of that day; then the two are shown again.
    """

    class Kind(models.TextChoices):
        DISMISSED = "dismissed", _("Dismissed")
        ASKED = "asked", _("Asked")

    first = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    reason = models.TextField()
    facts = models.JSONField(default=list)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="collision_in_order"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="collision_has_reason"),
            models.CheckConstraint(
                condition=~models.Q(kind="dismissed") | models.Q(until_date__isnull=False),
                name="collision_dismissal_expires",
            ),
            models.UniqueConstraint(
                fields=["first", "second", "kind"],
                condition=models.Q(ended_at=None),
                name="collision_note_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first.key} and {self.second.key}: {self.get_kind_display()}"


def answer_mark(share: InitiativeLine) -> str:
    """What a form keeps of the answer it shows, to notice another one."""
    return share.answered_at.isoformat() if share.answered_at else "none"
