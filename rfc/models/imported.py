"""What an import knows of a document: where it came from and what its content was.

A watched folder is read again and again; a document that changed there and here is a conflict
until somebody settles it.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.flow.visibility import VisibleQuerySet
from rfc.models.rfc import RFC


class WatchedFolder(models.Model):
    """A folder of the server, usually a clone that Git keeps fresh, read every so often."""

    class Every(models.IntegerChoices):
        QUARTER = 15, _("every 15 minutes")
        HOUR = 60, _("every hour")
        QUARTER_DAY = 360, _("every 6 hours")
        DAY = 1440, _("every day")

    name = models.CharField(max_length=200, unique=True)
    path = models.CharField(max_length=500, unique=True)
    every_minutes = models.PositiveIntegerField(choices=Every, default=Every.HOUR)
    active = models.BooleanField(default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # What its files looked like then (names, sizes, times): without a change nothing is read.
    mark = models.CharField(max_length=64, blank=True)
    last_job = models.ForeignKey(
        "due.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(every_minutes__gte=1), name="watched_folder_has_interval"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ImportedDocument(models.Model):
    """One document of one corpus. `path` is relative to the folder named `corpus`."""

    corpus = models.CharField(max_length=200)
    path = models.CharField(max_length=500)
    rfc = models.OneToOneField(RFC, on_delete=models.CASCADE, related_name="imported")
    external_number = models.CharField(max_length=60, blank=True)
    external_status = models.CharField(max_length=60, blank=True)
    content_hash = models.CharField(max_length=64)
    # The revision that holds what was imported last; 0 in rows older than this column.
    revision_number = models.PositiveIntegerField(default=0)
    # Paths of the corpus to addresses of the pictures that were attached here.
    pictures = models.JSONField(default=dict, blank=True)
    # What the source says now where it changed there and here; empty without a conflict.
    theirs = models.TextField(blank=True)
    theirs_title = models.CharField(max_length=255, blank=True)
    theirs_hash = models.CharField(max_length=64, blank=True)
    unmapped = models.JSONField(default=list)
    first_job = models.ForeignKey(
        "due.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_job = models.ForeignKey(
        "due.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("corpus", "path")
        constraints = (
            models.UniqueConstraint(fields=["corpus", "path"], name="imported_document_once"),
        )

    def __str__(self) -> str:
        return f"{self.corpus}/{self.path}"

    @property
    def in_conflict(self) -> bool:
        """Whether it changed in its source and here."""
        return bool(self.theirs_hash)
