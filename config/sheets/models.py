"""An imported sheet, its rows with what became of each, mappings remembered, keys known."""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.due.models import DueState, Job
from config.flow.visibility import administers


class SheetQuerySet(models.QuerySet[Any]):
    """Reads of sheets."""

    def visible_to(self, person: Any) -> "SheetQuerySet":
        """Own imports; administrators see all, since they may have to take one back."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self if administers(person) else self.filter(owner_id=person.pk)


class Sheet(models.Model):
    """A file somebody hands in to be imported. What it is worth is said by its rows and jobs."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    original_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="sheets/%Y/%m/", max_length=255)
    checksum = models.CharField(max_length=64)
    read_as = models.JSONField(default=dict, blank=True)
    headers = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    fixed = models.JSONField(default=dict, blank=True)
    key_space = models.CharField(max_length=120, blank=True)
    day_first = models.BooleanField(default=True)
    row_count = models.PositiveIntegerField(default=0)
    check_job = models.ForeignKey(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    run_job = models.ForeignKey(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_job = models.ForeignKey(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = SheetQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["owner", "-id"], name="sheet_by_owner"),)

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("sheet", kwargs={"public_id": self.public_id})

    @property
    def stage(self) -> str:
        """reading, mapping, checking, checked, running, stopped, done, undoing or undone."""
        for job, under_way, ended in (
            (self.undo_job, "undoing", "undone"),
            (self.run_job, "running", "done"),
            (self.check_job, "checking", "checked"),
        ):
            if job is None:
                continue
            if job.state == DueState.DUE:
                return under_way
            cut = job.cancelled_at or job.is_dead()
            if not cut:
                return ended
            if ended != "checked":
                return "stopped" if ended == "done" else "done"
        return "mapping" if self.headers else "reading"


class SheetRowQuerySet(models.QuerySet[Any]):
    """Rows of sheets."""

    def keep(self, rows: Sequence[Any], fields: Sequence[str]) -> None:
        """Write these fields of rows that exist; one statement, and faster than `bulk_update`."""
        if rows:
            self.bulk_create(
                rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
            )


class SheetRow(models.Model):
    """One line of the file. `outcome` is foreseen by the dry run, `done` is what happened."""

    class Outcome(models.TextChoices):
        CREATE = "create", _("Create")
        CHANGE = "change", _("Change")
        SAME = "same", _("Same")
        SKIP = "skip", _("Left out")

    class Done(models.TextChoices):
        CREATED = "created", _("Created")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("Same")
        SKIPPED = "skipped", _("Left out")

    class Undone(models.TextChoices):
        REMOVED = "removed", _("Removed")
        RESTORED = "restored", _("Restored")
        KEPT = "kept", _("Kept")

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    values = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    problems = models.JSONField(default=list, blank=True)
    changes = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    key = models.CharField(max_length=200, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=300, blank=True)
    done = models.CharField(max_length=8, choices=Done, blank=True)
    mark = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    undone = models.CharField(max_length=8, choices=Undone, blank=True)
    undo_said = models.TextField(blank=True)

    objects: ClassVar[Any] = SheetRowQuerySet.as_manager()

    class Meta:
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(fields=["sheet", "line"], name="sheet_row_once"),
            models.CheckConstraint(
                condition=~Q(done__in=["created", "changed"]) | Q(object_id__isnull=False),
                name="sheet_row_done_knows_its_object",
            ),
        )
        indexes = (
            models.Index(fields=["sheet", "outcome", "line"], name="sheet_row_outcome"),
            models.Index(fields=["sheet", "done", "line"], name="sheet_row_done"),
        )

    def __str__(self) -> str:
        return f"Line {self.line}"


class SheetMapping(models.Model):
    """What a person chose for a set of headers, offered again the next time."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    header_set = models.CharField(max_length=64)
    mapping = models.JSONField()
    fixed = models.JSONField(default=dict)
    key_space = models.CharField(max_length=120, blank=True)
    day_first = models.BooleanField(default=True)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "kind", "header_set"], name="sheet_mapping_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.owner}"


class SheetKey(models.Model):
    """Which row of ours stands behind a key of somebody's list. The database forbids doubles."""

    kind = models.CharField(max_length=40)
    space = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    sheet = models.ForeignKey(Sheet, null=True, on_delete=models.SET_NULL, related_name="keys")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "space", "key"], name="sheet_key_once"),
        )
        indexes = (models.Index(fields=["kind", "object_id"], name="sheet_key_object"),)

    def __str__(self) -> str:
        return f"{self.space}: {self.key}"
