"""What was imported: the jobs, and the documents that changed in their source and here."""

from typing import Any

from django.db.models import QuerySet

from config.due.models import Job
from rfc.models import RFC, ImportedDocument

KIND = "rfc.import"


def imports() -> QuerySet[Job]:
    """Every import of a folder, newest first; for administrators, who alone import."""
    return Job.objects.filter(kind=KIND).select_related("owner")


def conflicts(user: Any, *, settled: bool = False) -> QuerySet[ImportedDocument]:
    """What somebody has to choose about, oldest first; with `settled` also what was chosen."""
    found = ImportedDocument.objects.filter(rfc__in=RFC.objects.visible_to(user))
    found = found if settled else found.exclude(theirs_hash="")
    return found.select_related("rfc__draft").order_by("changed_at", "pk")
