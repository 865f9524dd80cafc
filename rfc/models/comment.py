"""A comment on an RFC, tied to a section and perhaps a quote. It is not a position."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rfc.models.revision import Revision
from rfc.models.rfc import RFC


class Kind(models.TextChoices):
    """What a thread wants from the author."""

    REMARK = "remark", _("Remark")
    QUESTION = "question", _("Question")
    MUST_FIX = "must_fix", _("Must-fix")
    TASTE = "taste", _("Taste")


@pghistory.track()
class Comment(models.Model):
    """A remark or, with a parent, an answer. Settled with a reason, never deleted.

    `quote` holds the words as they were selected on the page; where they stand in each revision
    is an Anchor. Earlier wordings of an edited text are its history.
    """

    rfc = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="comments")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REMARK)
    section_slug = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resolution = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["remark", "question", "must_fix", "taste"]),
                name="comment_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, resolution="")
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, parent=None)
                & ~Q(resolution=""),
                name="comment_resolved_with_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["rfc"],
                condition=Q(parent=None, resolved_at=None),
                name="comment_open_threads",
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="comment_stays_where_it_is",
                fields=["rfc", "revision", "parent", "section_slug", "quote", "author", "at"],
            ),
            pgtrigger.Protect(name="comment_never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"

    @property
    def thread_id(self) -> int:
        """The comment that began the thread."""
        return self.parent_id or self.pk

    def get_absolute_url(self) -> str:
        """The address that stays: it leads to the thread wherever it is shown."""
        return f"{self.rfc.get_absolute_url()}/comments/{self.thread_id}"
