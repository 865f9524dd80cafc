"""The abstract due row: one effect outside the transaction, written inside it.

Claiming lives in `config.due.claim`, running and finishing in `config.due.executor`.
"""

from datetime import timedelta
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Now

from config.due.errors import LeaseLost

CHANNEL = "gateline_due"

# Only rows a relay could take ring the bell: its own claims must not wake it again.
_RING = f"""
    IF EXISTS (SELECT 1 FROM arrived WHERE state = 'due' AND lease_until IS NULL) THEN
        PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
"""  # noqa: S608 - the channel is our own constant


def _bell(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    # Transition tables allow one operation per trigger, hence two triggers per table.
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="arrived"),
        func=_RING,
    )


class DueState(models.TextChoices):
    """Where a due row stands. A claimed or waiting row is still due."""

    DUE = "due", "due"
    DONE = "done", "done"
    DEAD = "dead", "dead"


class DueQuerySet(models.QuerySet[Any]):
    """Reads and the one write that domain actions need: wanting it again."""

    def want(self) -> int:
        """Level-triggered work changed: raise `wanted`, and make finished rows due again.

        A row that is being worked stays due when it ends; a dead row stays dead until re-armed.
        """
        finished = Q(state=DueState.DONE)
        return self.update(
            wanted=F("wanted") + 1,
            state=Case(When(finished, then=models.Value(DueState.DUE)), default=F("state")),
            due_at=Case(When(finished, then=Now()), default=F("due_at")),
        )

    def dead(self) -> "DueQuerySet":
        """Rows that gave up and wait for a person."""
        return self.filter(state=DueState.DEAD)

    def unfinished(self) -> "DueQuerySet":
        """Rows that still have to be done, now or later."""
        return self.filter(state=DueState.DUE)


class DueRow(models.Model):
    """One piece of work outside the transaction; the row, not the broker, is the truth.

    A subclass inherits `DueRow.Meta`, says `kind_label`, `describe()` and does `work()`. All
    moments are the database's clock. `wanted` and `done` count wishes: one-time effects leave
    them at 1, level-triggered work calls `objects.filter(...).want()`.
    """

    kind_label: ClassVar[str] = "Work"
    queue: ClassVar[str] = "due"

    state = models.CharField(max_length=4, choices=DueState, default=DueState.DUE, editable=False)
    due_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)
    wanted = models.PositiveBigIntegerField(default=1, editable=False)
    done = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = DueQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[Any] = (
            models.CheckConstraint(
                condition=Q(state__in=["due", "done", "dead"]), name="%(class)s_known_due_state"
            ),
            models.CheckConstraint(
                condition=Q(lease_until__isnull=True, lease_token__isnull=True)
                | Q(lease_until__isnull=False, lease_token__isnull=False),
                name="%(class)s_lease_has_token",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("wanted")), name="%(class)s_done_not_above_wanted"
            ),
        )
        indexes: ClassVar[Any] = (
            models.Index(fields=["due_at"], condition=Q(state="due"), name="%(class)s_due"),
            models.Index(fields=["created_at"], condition=Q(state="dead"), name="%(class)s_dead"),
        )
        triggers: ClassVar[Any] = (
            _bell("ring_on_insert", pgtrigger.Insert),
            _bell("ring_on_update", pgtrigger.Update),
        )

    def work(self) -> None:
        """Do it, outside any transaction. It may run twice: ask before repeating an effect.

        Raise TryLater to wait without counting, GiveUp to stop for good; any other exception
        counts as an attempt and is tried again later.
        """
        raise NotImplementedError

    def describe(self) -> str:
        """What this is about, in words for the dead rows page."""
        return f"{self.kind_label} {self.pk}"

    def subject_url(self) -> str:
        """Where the subject can be looked at; empty when there is no such page."""
        return ""

    def got_further(self) -> bool:
        """Whether running out of time is a pause (it goes on where it was), not a failure."""
        return False

    def is_dead(self) -> bool:
        """Whether it gave up and waits for a person."""
        return self.state == DueState.DEAD

    def renew(self, **fields: Any) -> None:
        """Hold the lease for another `LEASE_SECONDS`, writing `fields` with it.

        Call it right before every send and after every piece of long work. Raises LeaseLost
        when the row belongs to somebody else by now; then nothing was written.
        """
        held = type(self)._base_manager.filter(pk=self.pk, lease_token=self.lease_token)
        if self.lease_token is None or not held.update(lease_until=lease_end(), **fields):
            raise LeaseLost
        for name, value in fields.items():
            if not hasattr(value, "resolve_expression"):
                setattr(self, name, value)


def lease_end() -> Any:
    """The end of a lease taken now, as an expression on the database's clock."""
    return Now() + timedelta(seconds=settings.LEASE_SECONDS)
