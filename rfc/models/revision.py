"""A revision: numbered, immutable, rendered once. Sections carry the fingerprints approvals bind to."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils import timezone

from config.flow.visibility import VisibleQuerySet
from rfc.models.rfc import RFC


class Revision(models.Model):
    """One published text. `html` and `toc` may be rendered anew; nothing else ever changes."""

    rfc = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    summary_problem = models.CharField(max_length=400, blank=True)
    decision_asked = models.CharField(max_length=400, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True)
    toc = models.JSONField(default=list)
    renderer_version = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="revisions_edited")
    note = models.CharField(max_length=400, blank=True)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("body", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["rfc", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="revision_starts_at_one"
            ),
        )
        indexes = (GinIndex(fields=["search"], name="revision_search"),)
        triggers = (
            pgtrigger.ReadOnly(
                name="text_is_immutable",
                exclude=["html", "toc", "renderer_version", "search"],
            ),
        )

    def __str__(self) -> str:
        return f"{self.rfc.key} r{self.number}"

    @property
    def short(self) -> str:
        """What people call it beside its RFC."""
        return f"r{self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.rfc.get_absolute_url()}/v{self.number}"


class RevisionSection(models.Model):
    """One section of a revision with its fingerprint (SHA-256 of the normalised text, hex)."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="sections")
    ordinal = models.PositiveIntegerField()
    heading = models.CharField(max_length=400)
    slug = models.CharField(max_length=200)
    body = models.TextField()
    fingerprint = models.CharField(max_length=64)
    material = models.BooleanField(default=True)
    functions = ArrayField(models.CharField(max_length=30), default=list, blank=True)

    class Meta:
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(
                fields=["revision", "ordinal"], name="revision_section_ordinal_once"
            ),
            models.UniqueConstraint(fields=["revision", "slug"], name="revision_section_slug_once"),
        )
        triggers = (pgtrigger.ReadOnly(name="section_is_immutable"),)

    def __str__(self) -> str:
        return self.heading
