"""The one Celery task, the probe job and the cleaning of old slots."""

import uuid
from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from config.due.executor import execute
from config.due.models import DueState, Job, ScheduledSlot
from config.due.periodic import every
from config.due.registry import job

KEEP_SLOTS = timedelta(days=7)


@shared_task(name="due.run", ignore_result=True)  # type: ignore[untyped-decorator]
def run_due_row(label: str, pk: int | str, token: str) -> None:
    """Work on one claimed row. Safe to deliver late, twice or never."""
    execute(label, pk, uuid.UUID(token))


@job("probe", label="Probe")
def probe(task: Job) -> None:
    """Go once round through relay, broker and worker; proves that they turn."""
    steps = int(task.payload.get("steps", 1))
    for step in range(1, steps + 1):
        task.check_cancel()
        task.progress(step, steps, passed=step)
    task.report(answer="The relay, the broker and a worker are turning.")


@every(name="due.forget_slots", hours=24)
def forget_old_slots() -> None:
    """Remove finished slots after a week; dead ones stay until a person looked."""
    old = ScheduledSlot.objects.filter(state=DueState.DONE, slot__lt=Now() - KEEP_SLOTS)
    old.delete()
