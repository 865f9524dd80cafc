"""What hangs on a comment: where its quote stands, what was suggested, who is named, what was done."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rfc.models.comment import Comment
from rfc.models.revision import Revision


class Found(models.TextChoices):
    """How a quote was found in a revision."""

    EXACT = "exact", _("The same words")
    NEAR = "near", _("Nearly the same words")
    SECTION = "section", _("Only its section")
    LOST = "lost", _("The text has changed")


class Anchor(models.Model):
    """Where a thread's quote stands in one revision; written once, when the revision is.

    `start` and `end` are offsets of the revision's Markdown. Without a passage they are empty
    and `source`, `prefix` and `suffix` still say what the words and their surroundings were.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="anchors")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="anchors")
    found = models.CharField(max_length=8, choices=Found)
    section_slug = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    source = models.TextField(blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["comment", "revision"], name="anchor_once"),
            models.CheckConstraint(
                condition=Q(found__in=["exact", "near"], start__lt=models.F("end"))
                | Q(found__in=["section", "lost"], start=None, end=None),
                name="anchor_has_a_passage_or_none",
            ),
        )

    def __str__(self) -> str:
        return f"{self.comment_id} in r{self.revision.number}: {self.get_found_display()}"

    @property
    def holds(self) -> bool:
        """Whether a passage was found."""
        return self.start is not None


class Suggestion(models.Model):
    """Other words for a comment's quote. Accepted, it becomes an edit of the draft."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        OVERTAKEN = "overtaken", _("Overtaken")

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="suggestion")
    original = models.TextField()
    replacement = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    published_in = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(
                    state__in=["accepted", "refused", "overtaken"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="suggestion_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="suggestion_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(published_in=None) | Q(state="accepted"),
                name="suggestion_published_was_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(original=models.F("replacement")), name="suggestion_changes_something"
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="suggestion_words_stay", fields=["comment", "original", "replacement"]
            ),
        )

    def __str__(self) -> str:
        return f"{self.original[:40]} → {self.replacement[:40]}"


class ThreadAct(models.Model):
    """What was done to a thread, by whom and why. Only ever added to."""

    class Act(models.TextChoices):
        RESOLVED = "resolved", _("resolved it")
        REOPENED = "reopened", _("reopened it")
        ACCEPTED = "accepted", _("accepted the suggestion")
        REFUSED = "refused", _("refused the suggestion")
        OVERTAKEN = "overtaken", _("accepted other words for the same passage")
        RETURNED = "returned", _("discarded the draft that held the suggestion")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="acts")
    act = models.CharField(max_length=9, choices=Act)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")
        triggers = (
            pgtrigger.Protect(
                name="thread_acts_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor} {self.get_act_display()}"


class Mention(models.Model):
    """Somebody is named in a comment with @. Seen when that person opens the thread."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rfc_mentions"
    )
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["comment", "person"], name="rfc_mention_once"),
        )
        indexes = (
            models.Index(fields=["person"], condition=Q(seen_at=None), name="rfc_mention_unseen"),
        )

    def __str__(self) -> str:
        return f"{self.person} in {self.comment_id}"
