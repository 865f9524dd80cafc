"""Remarks on an initiative, their answers, and the people they mention."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatives.models.initiative import Initiative


@pghistory.track()
class InitiativeComment(models.Model):
    """Said by a person at a moment; never deleted. An answer names its `parent`.

    `line` makes it a message about that line's answer in a referral.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="comment_not_its_own_answer"
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at=None, resolved_by=None)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False, parent=None),
                name="comment_thread_resolved_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"


class Mention(models.Model):
    """A person a comment speaks to, by the word that did: a name, a team or a role."""

    comment = models.ForeignKey(
        InitiativeComment, on_delete=models.CASCADE, related_name="mentions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions"
    )
    word = models.CharField(max_length=120)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["comment", "person"], name="mention_once"),)
        indexes = (
            models.Index(
                fields=["person", "-id"],
                condition=models.Q(read_at=None),
                name="mention_unread",
            ),
        )

    def __str__(self) -> str:
        return f"@{self.word}"
