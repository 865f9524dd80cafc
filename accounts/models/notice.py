"""The inbox: one entry per person and thing told, and how each person wants to be told."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.subjects import about_what_is_seen, kind_named
from config.flow.visibility import limit_of


class Tab(models.TextChoices):
    """Where an entry stands in the inbox; the first two are mailed at once."""

    DECIDE = "decide", _("Decide")
    MENTIONS = "mentions", _("Mentions")
    FOLLOWING = "following", _("Following")


class Reason(models.TextChoices):
    """Why a person is told. Mail can be switched off for each."""

    DECISION = "decision", _("A decision is asked of you")
    LOOK = "look", _("You are asked to look")
    STAND_IN = "stand_in", _("You stand in for somebody")
    MENTION = "mention", _("You are mentioned")
    OWNER = "owner", _("You own it")
    AUTHOR = "author", _("You wrote it")
    REQUESTER = "requester", _("You asked for it")
    MENTIONED = "mentioned", _("You were mentioned in it")
    FOLLOWED = "followed", _("You follow it")
    TEAM = "team", _("You follow its team")


class NoticeQuerySet(models.QuerySet[Any]):
    """Reads of notices."""

    def visible_to(self, person: Any) -> Self:
        """One's own, about what one still sees; a narrowed sign-in only those about its lines."""
        if not getattr(person, "is_authenticated", False) or not person.is_active:
            return self.none()
        mine = self.filter(about_what_is_seen(person), person=person)
        return mine if limit_of(person) is None else mine.exclude(kind="")

    def open(self) -> Self:
        """Not put away."""
        return self.filter(done_at=None)

    def undigested(self) -> Self:
        """What a digest has to tell: followed, and neither told nor looked at."""
        return self.unread().filter(tab=Tab.FOLLOWING, digest=None)

    def unread(self) -> Self:
        """Neither opened nor put away."""
        return self.filter(done_at=None, read_at=None)


class Notice(models.Model):
    """One entry of one inbox. Acts of one person on one thing within minutes share an entry."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    tab = models.CharField(max_length=9, choices=Tab)
    reason = models.CharField(max_length=9, choices=Reason)
    kind = models.CharField(max_length=20, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject_key = models.CharField(max_length=120, blank=True)
    subject_title = models.CharField(max_length=255, blank=True)
    words = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=400)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The same act told again is no second entry; `burst` finds the entry acts are added to.
    key = models.CharField(max_length=200, blank=True)
    burst = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    at = models.DateTimeField(default=timezone.now)
    # The digest that carried it; entries of the other tabs are mailed at once.
    digest = models.ForeignKey(
        "accounts.Digest",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="notices",
    )
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(tab__in=["decide", "mentions", "following"]), name="notice_known_tab"
            ),
            models.CheckConstraint(
                condition=(Q(kind="") & Q(subject_id=None))
                | (~Q(kind="") & Q(subject_id__isnull=False)),
                name="notice_names_its_subject",
            ),
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="notice_once_per_act"
            ),
        )
        indexes = (
            models.Index(fields=["person", "tab", "-at", "-id"], name="notice_lists"),
            models.Index(
                fields=["person"], condition=Q(done_at=None, read_at=None), name="notice_unread"
            ),
            models.Index(
                fields=["person", "at"],
                condition=Q(tab="following", digest=None, done_at=None, read_at=None),
                name="notice_undigested",
            ),
            models.Index(
                fields=["burst", "at"], condition=Q(done_at=None), name="notice_open_burst"
            ),
        )

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return f"/inbox/{self.pk}"

    @property
    def is_unread(self) -> bool:
        """Whether it counts in the rail."""
        return self.read_at is None and self.done_at is None

    @property
    def icon(self) -> str:
        """The icon of its kind of thing."""
        kind = kind_named(self.kind)
        return kind.icon if kind else "bell"


class NoticeSettings(models.Model):
    """How one person is told; without a row the defaults hold. Hours are of the person's zone."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_settings"
    )
    quiet_from = models.PositiveSmallIntegerField(
        null=True, blank=True, default=19, validators=[MaxValueValidator(23)]
    )
    quiet_until = models.PositiveSmallIntegerField(
        null=True, blank=True, default=7, validators=[MaxValueValidator(23)]
    )
    digest_hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    # Reasons that send no mail to this person.
    unmailed = ArrayField(models.CharField(max_length=9, choices=Reason), default=list, blank=True)

    class Meta:
        verbose_name_plural = "notice settings"
        constraints = (
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__lte=23, quiet_until__lte=23),
                name="notice_quiet_has_both_ends",
            ),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="notice_digest_hour"),
        )

    def __str__(self) -> str:
        return str(self.person)
