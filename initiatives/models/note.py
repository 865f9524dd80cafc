"""A research note: the text of an interview, a survey, a study; its quotes become evidence."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.flow.searching import SearchedText
from config.flow.versions import VersionedModel
from config.flow.visibility import VisibleQuerySet
from initiatives.models.evidence import KINDS, METHODS


@pghistory.track(exclude=["search"])
class ResearchNote(VersionedModel):
    """What was heard or read, once; initiatives quote from it."""

    title = models.CharField(max_length=200)
    text = models.TextField()
    method = models.CharField(max_length=12, choices=METHODS)
    kind = models.CharField(max_length=12, choices=KINDS)
    collector = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    collected_date = models.DateField()
    sample = models.PositiveIntegerField(null=True, blank=True)
    from_customers = models.BooleanField(default=False)
    origin = models.CharField(_("where it came from"), max_length=200)
    link = models.URLField(blank=True, max_length=500)
    link_broken_at = models.DateTimeField(null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector(SearchedText("text"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-collected_date", "-id")
        indexes = (
            GinIndex(fields=["search"], name="note_search"),
            models.Index(fields=["-collected_date", "-id"], name="note_newest"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("note", args=[self.pk])
