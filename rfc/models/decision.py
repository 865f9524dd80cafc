"""The log of decisions: what was asked, what was chosen, why, by whom. Written once, never changed."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.flow.searching import SearchedText
from config.flow.visibility import VisibleQuerySet
from rfc.models.comment import Comment
from rfc.models.rfc import RFC


@pghistory.track(exclude=["search"])
class Decision(models.Model):
    """One decision. A correction is a new one that supersedes it.

    `decided_by_roles` is what the person was when deciding. Whoever records somebody else's
    decision waits for that person's confirmation; it may be given, never taken back.
    """

    number = models.PositiveIntegerField(unique=True, editable=False)
    question = models.CharField(max_length=300)
    options = models.TextField(blank=True)
    decision = models.TextField()
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_made"
    )
    decided_by_name = models.CharField(max_length=200)
    decided_by_roles = models.CharField(max_length=400, blank=True)
    decided_date = models.DateField()
    review_date = models.DateField(null=True, blank=True)
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("question", weight="A", config="english")
        + SearchVector(SearchedText("decision"), weight="B", config="english")
        + SearchVector(
            SearchedText("reason"), SearchedText("options"), weight="C", config="english"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    in_line = "line"
    # It has no team of its own: it is of the teams of what it is about.
    in_team = ("subjects__rfc__owning_team", "subjects__initiative__team")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_date", "-number")
        constraints = (
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(decision="") & ~Q(reason=""),
                name="decision_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=models.F("id")),
                name="decision_not_its_own_successor",
            ),
            models.CheckConstraint(
                condition=Q(review_date=None) | Q(review_date__gt=models.F("decided_date")),
                name="decision_reviewed_afterwards",
            ),
        )
        indexes = (
            GinIndex(fields=["search"], name="decision_search"),
            models.Index(fields=["-decided_date", "-number"], name="decision_by_day"),
        )
        triggers = (
            pgtrigger.ReadOnly(name="decision_stays", exclude=["confirmed_at", "search"]),
            pgtrigger.Protect(
                name="decision_confirmation_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__confirmed_at__isnull=False),
            ),
            pgtrigger.Protect(name="decision_never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.question}"

    @property
    def key(self) -> str:
        return f"DEC-{self.number}"

    @property
    def confirmed(self) -> bool:
        """Whether the person who decided says so."""
        return self.confirmed_at is not None

    @property
    def successor(self) -> Any:
        """The decision that supersedes this one, or None."""
        return getattr(self, "superseded_by", None)

    def get_absolute_url(self) -> str:
        return f"/decisions/{self.key}"


class DecisionSubject(models.Model):
    """What a decision is about: one RFC or one initiative a row. Only ever added to."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="subjects")
    rfc = models.ForeignKey(
        RFC, null=True, blank=True, on_delete=models.PROTECT, related_name="decision_links"
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decision_links",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(rfc=None, initiative__isnull=False)
                | Q(rfc__isnull=False, initiative=None),
                name="decision_subject_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["decision", "rfc", "initiative"],
                nulls_distinct=False,
                name="decision_subject_once",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="decision_subjects_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision.key}: {self.subject.key}"

    @property
    def subject(self) -> Any:
        """The RFC or the initiative."""
        return self.rfc or self.initiative


class DecisionReview(models.Model):
    """Somebody looked again and says that a decision still holds, until the next date."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(default=timezone.now)
    note = models.TextField()
    next_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-reviewed_at", "-id")
        triggers = (
            pgtrigger.Protect(
                name="decision_reviews_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision.key} reviewed by {self.reviewed_by}"
