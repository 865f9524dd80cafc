"""The template an RFC starts from: named sections with guidance, weight and functions."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from accounts.models import Role
from config.flow.visibility import VisibleQuerySet


@pghistory.track()
class RFCTemplate(models.Model):
    """A version of a template. A change makes the next version; RFCs keep the one they began with.

    `line` and `source` say for which RFCs it is; without both it is for all others. `current`
    marks the one version that new RFCs of that line and source start from.
    """

    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    line = models.ForeignKey(
        "accounts.BusinessLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source = models.CharField(max_length=40, blank=True)
    current = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(default=timezone.now)

    in_line = "line"
    shared_without_line = True
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("name", "-version")
        constraints = (
            models.UniqueConstraint(fields=["name", "version"], name="rfc_template_version_once"),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(current=True),
                name="rfc_template_one_current_version",
            ),
            models.UniqueConstraint(
                fields=["line", "source"],
                condition=models.Q(current=True),
                nulls_distinct=False,
                name="rfc_template_one_per_line_and_source",
            ),
        )
        triggers = (pgtrigger.ReadOnly(name="template_version_is_kept", exclude=["current"]),)

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def get_absolute_url(self) -> str:
        return f"/rfcs/templates/{self.pk}"


@pghistory.track()
class TemplateSection(models.Model):
    """One section. A change of a material section makes the positions depending on it stale."""

    template = models.ForeignKey(RFCTemplate, on_delete=models.CASCADE, related_name="sections")
    ordinal = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120)
    guidance = models.TextField()
    material = models.BooleanField(default=True)
    required = models.BooleanField(default=True)
    functions = ArrayField(models.CharField(max_length=30), default=list, blank=True)

    class Meta:
        ordering = ("ordinal", "id")
        constraints = (
            models.UniqueConstraint(fields=["template", "slug"], name="template_section_once"),
        )
        triggers = (pgtrigger.ReadOnly(name="template_section_is_kept"),)

    def __str__(self) -> str:
        return self.heading

    @property
    def judges(self) -> str:
        """The functions that judge it, in words."""
        return ", ".join(str(Role(each).label) for each in self.functions)
