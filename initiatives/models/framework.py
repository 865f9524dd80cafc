"""Scoring frameworks: versioned formulas as data, and which one a line uses."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from config.flow.visibility import VisibleQuerySet
from initiatives.scoring import Framework, InputSpec


@pghistory.track()
class ScoringFramework(models.Model):
    """A way to score, such as RICE. Its formula lives in its versions."""

    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=60, unique=True)
    description = models.TextField(blank=True)
    shipped = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    ordinal = models.PositiveSmallIntegerField(default=100)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    in_line = ""
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("ordinal", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/scoring/{self.slug}"


class FrameworkVersion(models.Model):
    """A published formula with its inputs; it never changes, a change is the next version.

    `inputs` is `[{"name", "label", "unit", "help", "low", "high", "steps"}]`; `across` and `up` name
    the inputs on the axes of the matrix.
    """

    framework = models.ForeignKey(
        ScoringFramework, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    formula = models.CharField(max_length=500)
    inputs = models.JSONField(default=list)
    across = models.CharField(max_length=40, blank=True)
    up = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now, editable=False)

    in_line = ""
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("framework", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "number"], name="framework_version_number_once"
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="published_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.framework} v{self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.framework.get_absolute_url()}#v{self.number}"

    @property
    def ready(self) -> Framework:
        """The version as the calculations want it."""
        return Framework(
            name=self.framework.name,
            number=self.number,
            formula=self.formula,
            inputs=tuple(InputSpec.of(told) for told in self.inputs),
        )


@pghistory.track()
class LineScoring(models.Model):
    """The framework a line scores with; without a row it is RICE."""

    line = models.OneToOneField(
        "accounts.BusinessLine", on_delete=models.CASCADE, related_name="scoring"
    )
    framework = models.ForeignKey(ScoringFramework, on_delete=models.PROTECT, related_name="lines")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.line}: {self.framework}"
