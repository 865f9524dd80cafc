"""A blind scoring session: items, seats and what each person thought. Blind until the reveal."""

from typing import Any, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from config.flow.models import StatefulModel, StepRecord
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from initiatives.lifecycle import SessionLifecycle
from initiatives.models.framework import FrameworkVersion
from initiatives.models.initiative import Initiative

FEWEST, MOST = 5, 25


@pghistory.track()
class ScoringSession(StatefulModel, VersionedModel, SessionLifecycle):
    """Several people score 5 to 25 initiatives of a line blind, then reveal, discuss and agree."""

    line = models.ForeignKey(
        "accounts.BusinessLine", on_delete=models.PROTECT, related_name="scoring_sessions"
    )
    period = models.CharField(max_length=20)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    in_line = "line"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(phase__in=["scoring", "revealed", "closed", "cancelled"]),
                name="session_known_state",
            ),
        )

    def __str__(self) -> str:
        return f"Scoring of {self.line}, {self.period}"

    def get_absolute_url(self) -> str:
        return f"/ranking/sessions/{self.pk}"


@pghistory.track()
class SessionItem(models.Model):
    """One initiative of a session, with the note of what was agreed."""

    session = models.ForeignKey(ScoringSession, on_delete=models.CASCADE, related_name="items")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="session_items"
    )
    ordinal = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(
                fields=["session", "initiative"], name="session_initiative_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative}"


@pghistory.track()
class SessionSeat(models.Model):
    """Somebody at the table. Who leaves keeps the scores given."""

    session = models.ForeignKey(ScoringSession, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scoring_seats"
    )
    seated_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("person__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["session", "person"], name="session_seat_once"),
        )

    def __str__(self) -> str:
        return f"{self.person}"


class SessionScoreQuerySet(VisibleQuerySet):
    """Every read of scores for a person goes through here: this is where blindness is kept."""

    def visible_to(self, person: Any) -> Self:
        """One's own; everybody's once the session is revealed."""
        seen = super().visible_to(person)
        revealed = models.Q(item__session__phase__in=["revealed", "closed"])
        return seen.filter(models.Q(seat__person=person.pk) | revealed)


# Not tracked: what somebody typed before the reveal must stand in no history.
class SessionScore(models.Model):
    """What one person thought of one input of one item. The table is shut after the reveal."""

    item = models.ForeignKey(SessionItem, on_delete=models.CASCADE, related_name="scores")
    seat = models.ForeignKey(SessionSeat, on_delete=models.CASCADE, related_name="scores")
    factor = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)
    at = models.DateTimeField(default=timezone.now)

    in_line = "item__session__line"
    objects = SessionScoreQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["item", "seat", "factor"], name="session_score_once"),
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("value"), high__gte=models.F("value")),
                name="session_score_inside_its_range",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="shut_after_reveal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM initiatives_sessionitem i
                        JOIN initiatives_scoringsession s ON s.id = i.session_id
                        WHERE i.id = COALESCE(NEW.item_id, OLD.item_id) AND s.phase = 'scoring'
                    ) THEN
                        RAISE EXCEPTION 'scores of a revealed session cannot be changed';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"{self.factor}"


class SessionStep(StepRecord):
    """The record of a session's steps."""

    subject = models.ForeignKey(
        ScoringSession, on_delete=models.PROTECT, related_name="steps_taken"
    )


ScoringSession.record_model = SessionStep
