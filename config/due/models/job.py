"""Long work that people start and watch: progress, counts, log, cancel, partial result."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from config.due.errors import Cancelled
from config.due.models.row import DueQuerySet, DueRow, DueState
from config.due.oversight import oversees
from config.due.registry import job_kind, kind_label


class JobQuerySet(DueQuerySet):
    """Reads of jobs."""

    def visible_to(self, person: Any) -> "JobQuerySet":
        """Own jobs; overseers see all."""
        if oversees(person):
            return self
        return self.filter(owner_id=person.pk)


class Job(DueRow):
    """One run of a registered kind. `processed` of `total` items; `counts` by outcome.

    `total` 0 means that nobody knows yet how much there is. Methods that report also hold the
    lease, so a job that reports at least once per `LEASE_SECONDS` keeps its row.
    """

    kind_label = "Job"
    queue = "jobs"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    payload = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    total = models.PositiveIntegerField(default=0)
    processed = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    started_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    processed_before: int | None = None

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta(DueRow.Meta):
        abstract = False
        ordering = ("-id",)
        indexes = (
            *DueRow.Meta.indexes,
            models.Index(fields=["owner", "-id"], name="job_by_owner"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", kwargs={"public_id": self.public_id})

    def subject_url(self) -> str:
        return self.get_absolute_url()

    def describe(self) -> str:
        return f"{kind_label(self.kind)}: {self.title}"

    def work(self) -> None:
        """Run the function of this kind; a cancelled job ends as done, with what it has."""
        run = job_kind(self.kind).run
        self.processed_before = self.processed
        if self.started_at is None:
            self.renew(started_at=Now())
        try:
            self.check_cancel()
            run(self)
        except Cancelled:
            self.note("Stopped because a person asked for it. What was done stays.")
            self.renew(cancelled_at=Now())

    def got_further(self) -> bool:
        """A job cut off by the time limit goes on, as long as each run reaches a new item."""
        return self.processed_before is not None and self.processed > self.processed_before

    def progress(self, done: int, total: int | None = None, **counts: int) -> None:
        """Say how far it is; counts replace those of the same name. Also holds the lease."""
        self.renew(
            processed=done,
            total=self.total if total is None else total,
            counts={**self.counts, **counts},
        )

    def note(self, text: str, *, level: str = "info") -> None:
        """Add a line to the log. Also holds the lease."""
        self.renew()
        JobLine.objects.create(job=self, text=text, level=level)

    def report(self, **result: Any) -> None:
        """Keep a (partial) result; names given before are replaced. Also holds the lease."""
        self.renew(result={**self.result, **result})

    def check_cancel(self) -> None:
        """Stop here if a person asked for it. Call it between items."""
        asked = Job.objects.filter(pk=self.pk, cancel_asked_at__isnull=False).exists()
        if asked:
            raise Cancelled

    @property
    def status(self) -> str:
        """One word for people: waiting, running, retrying, stopping, done, cancelled or dead."""
        if self.state != DueState.DUE:
            ended = "cancelled" if self.cancelled_at else "done"
            return "dead" if self.is_dead() else ended
        if self.cancel_asked_at:
            return "stopping"
        if self.last_error and self.lease_token is None:
            return "retrying"
        return "running" if self.started_at else "waiting"


class JobLine(models.Model):
    """One line of a job's log, in the order of its id."""

    class Level(models.TextChoices):
        INFO = "info", "info"
        WARNING = "warning", "warning"
        ERROR = "error", "error"

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="lines")
    level = models.CharField(max_length=7, choices=Level, default=Level.INFO)
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text
