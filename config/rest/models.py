"""What the API remembers: answers to requests with an Idempotency-Key, and how much was asked."""

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


class Allowance(models.Model):
    """How often one caller asked in the running window. `caller` names a token or a person, or is a
    keyed hash of an address. The table is not logged (ADR 0100): a crash of the database empties
    it, a restart of anything else does not.
    """

    caller = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(db_default=Now())
    asked = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["since"], name="allowance_by_age"),)

    def __str__(self) -> str:
        return f"{self.caller}: {self.asked}"
