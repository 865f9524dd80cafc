"""What an import knows of a document: where it came from and what its content was."""

from django.db import models

from rfc.models.rfc import RFC


class ImportedDocument(models.Model):
    """One document of one corpus. `path` is relative to the folder named `corpus`."""

    corpus = models.CharField(max_length=200)
    path = models.CharField(max_length=500)
    rfc = models.OneToOneField(RFC, on_delete=models.CASCADE, related_name="imported")
    external_number = models.CharField(max_length=60, blank=True)
    external_status = models.CharField(max_length=60, blank=True)
    content_hash = models.CharField(max_length=64)
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
