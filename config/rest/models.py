"""What the API remembers: the answer to each request that carried an Idempotency-Key."""

from django.db import models
from django.db.models.functions import Now


class KeptAnswer(models.Model):
    """The first answer to a key of one caller, written with the effect it reports.

    `caller` and `fingerprint` are SHA-256 in hex: of who asked, and of method, address and body.
    """

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["caller", "key"], name="kept_answer_once"),)
        indexes = (models.Index(fields=["at"], name="kept_answer_by_age"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
