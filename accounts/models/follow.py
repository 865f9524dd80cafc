"""Who follows what: things of kinds that keep no followers of their own."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Following(models.Model):
    """A person and a thing. A row that was `left` keeps it from being followed by itself again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings"
    )
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    since = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=["kind", "subject_id", "person"], name="following_once"),
            models.CheckConstraint(condition=~models.Q(kind=""), name="following_names_a_kind"),
        )
        indexes = (
            models.Index(
                fields=["person", "kind"],
                condition=models.Q(left_at=None),
                name="following_by_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.subject_id}"
