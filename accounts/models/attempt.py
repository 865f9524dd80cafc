"""Failed sign-ins, counted in the database so that every process sees the same count."""

from django.db import models
from django.db.models.functions import Now


class SignInAttempt(models.Model):
    """One failed sign-in. `who` is a keyed hash of the address typed; old rows are thrown away."""

    who = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = (models.Index(fields=["at"], name="sign_in_attempt_at"),)

    def __str__(self) -> str:
        return f"{self.address} {self.at}"
