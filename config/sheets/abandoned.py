"""Imports that somebody handed in and never ran: they and their files go after two weeks."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from config.due.models import DueState
from config.sheets.models import Sheet

KEPT = timedelta(days=14)


def forget_abandoned() -> int:
    """Delete what was never run and is older than two weeks, its rows and its file with it.

    What ran stays: its undo and its annotated file need it. A dry run under way is waited for.
    """
    old = Sheet.objects.filter(run_job=None, created_at__lt=timezone.now() - KEPT)
    gone = 0
    for pk in old.exclude(check_job__state=DueState.DUE).values_list("pk", flat=True):
        with transaction.atomic():
            # Somebody may start it in this very moment.
            sheet = Sheet.objects.select_for_update().filter(pk=pk, run_job=None).first()
            if sheet is None:
                continue
            storage, name = sheet.file.storage, sheet.file.name
            sheet.delete()
            transaction.on_commit(partial(storage.delete, name or ""))
            gone += 1
    return gone
