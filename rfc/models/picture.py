"""A picture shown in the text of an RFC: pixels written anew, served through the reader's rights."""

import uuid
from pathlib import PurePath

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from rfc.models.rfc import RFC

DRAWN = ".svg"


@pghistory.track()
class Picture(models.Model):
    """One picture of one RFC. The same pixels are kept once; it never changes.

    A drawing (SVG) has no pixels: its width and height are 0, and it is only ever saved.
    """

    rfc = models.ForeignKey(RFC, on_delete=models.CASCADE, related_name="pictures")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to="rfcs/%Y/%m/", max_length=255)
    original_name = models.CharField(max_length=255)
    checksum = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["rfc", "checksum"], name="rfc_picture_once"),
        )
        triggers = (pgtrigger.ReadOnly(name="rfc_picture_is_frozen"),)

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        suffix = PurePath(str(self.file.name)).suffix
        return f"{self.rfc.get_absolute_url()}/pictures/{self.public_id}{suffix}"

    @property
    def drawing(self) -> bool:
        """Whether it is only ever saved, never shown."""
        return PurePath(str(self.file.name)).suffix == DRAWN

    @property
    def markdown(self) -> str:
        """What shows it in the text of its RFC; a link where it is a drawing."""
        name = self.original_name.replace("[", "(").replace("]", ")")
        if self.drawing:
            return f"[{name}]({self.get_absolute_url()})"
        return f"![{PurePath(name).stem}]({self.get_absolute_url()})"
