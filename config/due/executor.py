"""Running one claimed row: take it over by token, work, finish by token. Used by the task."""

import logging
import random
import uuid
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest, Now

from config.due.errors import GiveUp, LeaseLost, TryLater
from config.due.faults import fault
from config.due.models import DueRow, DueState
from config.due.models.row import lease_end
from config.logs import about

log = logging.getLogger("gateline.due")

FIRST_WAIT, LONGEST_WAIT = 5, 3600
ERROR_LENGTH = 2000


def execute(label: str, pk: Any, token: uuid.UUID) -> str:
    """Work on a claimed row. Returns what became of it.

    `stale` the message is old and nothing was touched; `lost` somebody else took over in between;
    else `done`, `later`, `failed` or `dead`.
    """
    with about(due=f"{label}:{pk}"):
        return _execute(label, pk, token)


def _execute(label: str, pk: Any, token: uuid.UUID) -> str:
    fault("due.received")
    row = _start(label, pk, token)
    if row is None:
        return "stale"
    fault("due.started")
    outcome = _work(row)
    fault("due.finished")
    log.info("due row ended", extra={"outcome": outcome, "attempt": row.attempts})
    return outcome


def backoff(attempts: int) -> timedelta:
    """5 s doubling to an hour, times 0.7 to 1.3 so that a crowd does not come back at once."""
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (max(attempts, 1) - 1))
    return timedelta(seconds=wait * random.uniform(0.7, 1.3))  # noqa: S311 - jitter, no secret


def _start(label: str, pk: Any, token: uuid.UUID) -> DueRow | None:
    # A new token at the start: the same message delivered twice finds nothing the second time.
    # Attempts count here, so that work which kills its worker also ends dead.
    rows = apps.get_model(label)._base_manager
    own = uuid.uuid4()
    with transaction.atomic(durable=True):
        held = rows.filter(pk=pk, lease_token=token, state=DueState.DUE)
        if not held.update(lease_token=own, lease_until=lease_end(), attempts=F("attempts") + 1):
            return None
        row: DueRow = rows.get(pk=pk)
        return row


def _work(row: DueRow) -> str:  # noqa: PLR0911 - one line per way to end
    if row.attempts > settings.MAX_ATTEMPTS:
        return _bury(row, f"The worker died {settings.MAX_ATTEMPTS} times while doing this.")
    try:
        row.work()
        fault("due.worked")
    except LeaseLost:
        return "lost"
    except TryLater as later:
        return _wait(row, timedelta(seconds=later.seconds), later.why, counts=False)
    except GiveUp as end:
        return _bury(row, end.why)
    except SoftTimeLimitExceeded:
        return _out_of_time(row)
    except Exception as error:
        log.warning("%s %s failed", row._meta.label, row.pk, exc_info=True)
        return _fail(row, f"{error} ({type(error).__name__})")
    return _finish(row)


def _finish(row: DueRow) -> str:
    wished_again = When(wanted__gt=row.wanted, then=Value(DueState.DUE))
    return _write(
        row,
        "done",
        state=Case(wished_again, default=Value(DueState.DONE)),
        done=row.wanted,
        due_at=Now(),
        attempts=0,
        last_error="",
        finished_at=Now(),
    )


def _out_of_time(row: DueRow) -> str:
    if row.got_further():
        return _wait(row, timedelta(0), "", counts=False)
    return _fail(row, "It took longer than one run may take, without getting further.")


def _fail(row: DueRow, error: str) -> str:
    if row.attempts >= settings.MAX_ATTEMPTS:
        return _bury(row, error)
    return _wait(row, backoff(row.attempts), error, counts=True)


def _wait(row: DueRow, pause: timedelta, why: str, *, counts: bool) -> str:
    attempts: Any = F("attempts") if counts else Greatest(F("attempts") - 1, 0)
    return _write(
        row,
        "failed" if counts else "later",
        due_at=Now() + pause,
        attempts=attempts,
        last_error=why[:ERROR_LENGTH],
    )


def _bury(row: DueRow, error: str) -> str:
    log.error("%s %s is dead: %s", row._meta.label, row.pk, error)
    return _write(
        row, "dead", state=DueState.DEAD, last_error=error[:ERROR_LENGTH], finished_at=Now()
    )


def _write(row: DueRow, outcome: str, **fields: Any) -> str:
    mine = type(row)._base_manager.filter(pk=row.pk, lease_token=row.lease_token)
    written = mine.update(lease_token=None, lease_until=None, **fields)
    return outcome if written else "lost"
