"""The chain: one entry per change, each sealed with the digest of the entry before it."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from config.audit.readers import reads_audit


class Shape(models.Model):
    """The columns of a table as they were when rows were sealed; an upgrade makes a new one.

    A column added later must not change the digest of rows sealed before it.
    """

    table = models.CharField(max_length=63)
    columns = ArrayField(models.CharField(max_length=63))
    # Where the sealer looks next; only a hint, the chain itself is what is verified.
    newest_key = models.BigIntegerField(default=0)
    known_since = models.DateTimeField(db_default=Now())

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["table", "columns"], name="audit_shape_once"),
        )

    def __str__(self) -> str:
        return self.table


class Run(models.Model):
    """One run of the sealer. A run that was cut off is gone on with by the next, as the same run."""

    began_at = models.DateTimeField(unique=True)
    complete = models.BooleanField(default=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ("-began_at",)

    def __str__(self) -> str:
        return self.began_at.isoformat()


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the chain."""

    def visible_to(self, person: Any) -> "EntryQuerySet":
        """The whole trail for those who read it, nothing for anybody else."""
        return self if reads_audit(person) else self.none()


class Entry(models.Model):
    """One change: which row of which table, by whom, in which request; `chain` seals it.

    `row_id` is the row's key in its table, `object_id` the object it is about, `kind` insert,
    update, delete or record, `at` what the row says of its time, `sealed_at` when its run of the
    sealer began. `row_digest` and `chain` are SHA-256 in hex.
    """

    position = models.BigIntegerField(primary_key=True)
    shape_id: int
    shape = models.ForeignKey(Shape, on_delete=models.PROTECT, related_name="entries")
    row_id = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    request = models.CharField(max_length=40, blank=True)
    row_digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-position",)
        verbose_name_plural = "entries"
        constraints = (
            models.UniqueConstraint(fields=["shape", "row_id"], name="audit_row_sealed_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="audit_starts_at_one"),
        )
        indexes = (
            models.Index(fields=["actor_id", "-position"], name="audit_by_person"),
            models.Index(fields=["shape", "object_id", "-position"], name="audit_by_object"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["request"], name="audit_by_request"),
        )
        triggers = (
            pgtrigger.Protect(name="sealed", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.position} {self.shape.table} {self.object_id}"
