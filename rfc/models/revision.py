"""A revision: numbered, immutable, rendered once. Sections carry the fingerprints approvals bind to."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from config.flow.visibility import VisibleQuerySet
from rfc.models.rfc import RFC
from rfc.text.languages import CHOICES, DEFAULT, LANGUAGES

# PostgreSQL refuses a vector above 1 MB: so many letters hardly ever make one, so few never do.
SEARCHED_LETTERS, SURE_LETTERS = 300_000, 100_000
_CONFIG = " ".join(f"WHEN '{code}' THEN '{config}'" for code, (_n, config) in LANGUAGES.items())
# A trigger, not a generated column: the language of each row decides how its words are stemmed.
_WORDS = f"""
    config := CASE NEW.language {_CONFIG} ELSE 'simple' END;
    NEW.words :=
        setweight(to_tsvector(config, searched_text(NEW.title)), 'A')
        || setweight(to_tsvector(config, searched_text(
            NEW.summary_problem || ' ' || NEW.decision_asked)), 'B');
    BEGIN
        NEW.words := NEW.words || setweight(
            to_tsvector(config, searched_text(left(NEW.body, {SEARCHED_LETTERS}))), 'C');
    EXCEPTION WHEN program_limit_exceeded THEN
        NEW.words := NEW.words || setweight(
            to_tsvector(config, searched_text(left(NEW.body, {SURE_LETTERS}))), 'C');
    END;
    RETURN NEW;
"""

# What only the page of one revision needs; joined to many rows it costs more than all the rest.
LONG = ("body", "html", "toc", "words")


def without_text(path: str, *kept: str) -> list[str]:
    """The long columns of a revision reached over `path`, for `defer`; those `kept` are read."""
    return [f"{path}__{name}" for name in LONG if name not in kept]


class Revisions(models.Manager.from_queryset(VisibleQuerySet)):  # type: ignore[misc]
    """Revisions without the words of the search, which only the search needs and are many."""

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("words")


class Revision(models.Model):
    """One published text. It may be rendered anew, get a name, be said to be in another language;
    nothing else ever changes.
    """

    rfc = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    summary_problem = models.CharField(max_length=400, blank=True)
    decision_asked = models.CharField(max_length=400, blank=True)
    body = models.TextField()
    html = models.TextField(blank=True)
    toc = models.JSONField(default=list)
    # What the renderer could not do, in a sentence for the reader; empty when all went well.
    notice = models.CharField(max_length=300, blank=True)
    renderer_version = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="revisions_edited")
    note = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=80, blank=True)
    # What the author said about the edit, and the headings of material sections that changed.
    editorial = models.BooleanField(default=False)
    editorial_reason = models.CharField(max_length=300, blank=True)
    changed_sections = models.JSONField(default=list, blank=True)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=12, choices=CHOICES, default=DEFAULT)
    # Null in rows older than this column, until rfc.tasks has looked at them.
    words = SearchVectorField(null=True, editable=False)

    in_line = "rfc__line"
    objects = Revisions()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["rfc", "number"], name="revision_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="revision_starts_at_one"
            ),
            models.CheckConstraint(
                condition=models.Q(editorial=False) | ~models.Q(editorial_reason=""),
                name="revision_editorial_says_why",
            ),
        )
        indexes = (GinIndex(fields=["words"], name="revision_words"),)
        triggers = (
            pgtrigger.Trigger(
                name="words_follow",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("language", "words"),
                declare=[("config", "regconfig")],
                func=_WORDS,
            ),
            pgtrigger.ReadOnly(
                name="text_is_immutable",
                exclude=["html", "toc", "notice", "renderer_version", "language", "words", "name"],
            ),
        )

    def __str__(self) -> str:
        return f"{self.rfc.key} r{self.number}"

    @property
    def short(self) -> str:
        """What people call it beside its RFC."""
        return f"r{self.number}"

    @property
    def called(self) -> str:
        """Its number, with its name where it has one."""
        return f"r{self.number} “{self.name}”" if self.name else f"r{self.number}"

    @property
    def disputed(self) -> bool:
        """Whether its author called it editorial and the fingerprints say otherwise."""
        return self.editorial and bool(self.changed_sections)

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
