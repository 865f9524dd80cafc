"""The template an RFC starts from: named sections with guidance, weight and functions."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from config.flow.visibility import VisibleQuerySet


@pghistory.track()
class RFCTemplate(models.Model):
    """A version of the template. The newest active version is offered for new RFCs."""

    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    active = models.BooleanField(default=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("name", "-version")
        constraints = (
            models.UniqueConstraint(fields=["name", "version"], name="rfc_template_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


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
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=["template", "slug"], name="template_section_once"),
        )

    def __str__(self) -> str:
        return self.heading
