"""Exports too large for a request: a job writes the file, its owner takes it for a week."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from config.due.jobs import start_job
from config.due.models import Job

EXPORT = "initiatives.export"
KEPT = timedelta(days=7)
FOLDER = "exports"


def ask_for_sheet(*, actor: Any, query: str) -> Job:
    """Have the sheet of an address made by a job."""
    title = _("Excel sheet of initiatives")
    return start_job(kind=EXPORT, owner=actor, title=title, payload={"query": query})


def kept_file(actor: Any, public_id: Any) -> tuple[Any, str] | None:
    """The open file of somebody's own job and what it is called; None when there is none."""
    job = Job.objects.filter(public_id=public_id, kind=EXPORT, owner=actor.pk).first()
    if job is None or not default_storage.exists(file_name(job)):
        return None
    name = f"initiatives-{timezone.localdate(job.created_at).isoformat()}.xlsx"
    return default_storage.open(file_name(job)), name


def file_name(job: Job) -> str:
    """Where a job's file lies."""
    return f"{FOLDER}/{job.public_id}.xlsx"


def keep_file(job: Job, content: bytes) -> None:
    """Write the file anew; a second run replaces the first."""
    name = file_name(job)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))
    job.report(file=f"{settings.BASE_URL}/exports/{job.public_id}.xlsx", rows=job.processed)


def forget_old_files() -> int:
    """Files older than a week go; their jobs stay."""
    old = Job.objects.filter(kind=EXPORT, created_at__lt=timezone.now() - KEPT)
    gone = 0
    for job in old.only("public_id"):
        if default_storage.exists(file_name(job)):
            default_storage.delete(file_name(job))
            gone += 1
    return gone
