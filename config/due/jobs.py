"""Starting, stopping and re-arming: what actions and pages call. Kinds are declared in `<app>.tasks`.

`@job("rfc.import", label="RFC import")` over `def import_folder(task: Job) -> None` declares one;
`start_job(kind="rfc.import", owner=person, title="KEPs", payload={...})` starts it.
"""

import uuid
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from config.due.executor import execute
from config.due.models import DueRow, DueState, Job, JobLine
from config.due.models.row import lease_end
from config.due.registry import job, job_kind, kind_label

__all__ = ["ask_to_stop", "job", "job_kind", "kind_label", "rearm", "run_here", "start_job"]


def start_job(
    *,
    kind: str,
    owner: Any,
    title: str,
    payload: dict[str, Any] | None = None,
    total: int = 0,
    here: bool = False,
) -> Job:
    """Write a job in the caller's transaction; the relay takes it after the commit.

    `here` keeps it from the relay for one lease, for a command that calls `run_here` itself.
    Raises GiveUp for an unknown kind.
    """
    job_kind(kind)
    held = {"lease_token": uuid.uuid4(), "lease_until": lease_end()} if here else {}
    return Job.objects.create(
        kind=kind, owner=owner, title=title[:200], payload=payload or {}, total=total, **held
    )


def run_here(row: DueRow) -> str:
    """Work on a row in this process, as a worker would; returns the outcome of `execute`.

    For commands and tests; a row that somebody else holds is `stale`.
    """
    rows = type(row)._base_manager
    token = row.lease_token
    if token is None:
        token = uuid.uuid4()
        free = rows.filter(pk=row.pk, state=DueState.DUE, lease_token__isnull=True)
        free.update(lease_token=token, lease_until=lease_end())
    outcome = execute(row._meta.label, row.pk, token)
    row.refresh_from_db()
    return outcome


def ask_to_stop(asked: Job, *, actor: Any) -> bool:
    """Ask a job to stop at its next item; False when it already ended. Adds a line to its log."""
    with transaction.atomic():
        running = Job.objects.filter(pk=asked.pk, state=DueState.DUE, cancel_asked_at=None)
        if not running.update(cancel_asked_at=Now(), due_at=Now()):
            return False
        JobLine.objects.create(job=asked, text=f"{actor} asked to stop.")
    return True


def rearm(row: DueRow, *, actor: Any) -> bool:
    """Make a dead row due again with fresh attempts; False when it is not dead (any more).

    A job's log says who did it. Its last error stays until it succeeds.
    """
    with transaction.atomic():
        dead = type(row)._base_manager.filter(pk=row.pk, state=DueState.DEAD)
        if not dead.update(state=DueState.DUE, due_at=Now(), attempts=0, finished_at=None):
            return False
        if isinstance(row, Job):
            JobLine.objects.create(job=row, text=f"{actor} asked to try again.")
    return True
