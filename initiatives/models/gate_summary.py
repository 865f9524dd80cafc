"""What the gate of each initiative's next step lacked when it was last judged (ADR 0112).

Gates read many tables, and a few read the day, so lists never ask them. The database itself writes
a doubt, in the transaction of whatever a gate may see (`initiatives.doubts`); doubts are worked off
outside of it.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from config.flow.visibility import VisibleQuerySet
from initiatives.models.initiative import Initiative


def _of_those_lacking_one(fields: list[str], name: str) -> models.Index:
    return models.Index(fields=fields, condition=models.Q(lacking=1), name=name)


class GateSummary(models.Model):
    """How many things the step that leads on lacks; with exactly one, which. `phase` is the one it
    was judged in: a summary of another phase says nothing. `role` is who of its line can mend it,
    where the gate says so.

    Whose the initiative is (ids) and since when it stands there is copied, so that Home finds the few
    that are a person's without reading all; what is shown is asked of the initiative itself.
    """

    initiative = models.OneToOneField(
        Initiative, primary_key=True, on_delete=models.CASCADE, related_name="gate_summary"
    )
    phase = models.CharField(max_length=20)
    step = models.CharField(max_length=40)
    lacking = models.PositiveSmallIntegerField()
    gate = models.CharField(max_length=60, blank=True)
    sentence = models.TextField(blank=True)
    link = models.CharField(max_length=400, blank=True)
    role = models.CharField(max_length=40, blank=True)
    judged_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    line = models.BigIntegerField(null=True)
    owner = models.BigIntegerField(null=True)
    designer = models.BigIntegerField(null=True)
    tpm = models.BigIntegerField(null=True)
    requester = models.BigIntegerField(null=True)

    in_line = "initiative__line"
    objects: ClassVar = VisibleQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(lacking=1) ^ models.Q(sentence=""),
                name="gate_summary_names_the_one",
            ),
        )
        indexes = (
            _of_those_lacking_one(["initiative", "phase"], "gate_summary_lacks_one"),
            _of_those_lacking_one(["line", "entered_at"], "gate_summary_of_line"),
            _of_those_lacking_one(["owner"], "gate_summary_of_owner"),
            _of_those_lacking_one(["designer"], "gate_summary_of_designer"),
            _of_those_lacking_one(["tpm"], "gate_summary_of_tpm"),
            models.Index(fields=["judged_at"], name="gate_summary_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.step}: {self.lacking}"


class GateDoubt(models.Model):
    """Something a gate of this initiative may see changed. No foreign key: writing one locks nothing."""

    initiative = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.initiative)
