"""Files and rows held against each other: what no row names goes, what a row misses is told.

A file is written before its row, so that a killed process leaves a file without a row and never
a row without a file. A day later nobody can still be writing that row.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models
from django.utils import timezone

log = logging.getLogger("gateline.files")

AGE = timedelta(hours=24)


def file_fields() -> list[models.FileField]:
    """Every field of every model that keeps a file."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField) and not _is_history(model)
    ]


def _is_history(model: type[models.Model]) -> bool:
    # A history row may name a file that was replaced; what is shown is the present one.
    return hasattr(model, "pgh_tracked_model")


def sweep() -> dict[str, int]:
    """Delete files of our folders that no row names and that are older than a day.

    Returns `kept`, `gone` and `missing` (rows whose file is not there; each is logged).
    """
    named: dict[str, set[str]] = defaultdict(set)
    for field in file_fields():
        names = field.model._base_manager.exclude(**{field.name: ""})
        named[_folder(field)] |= set(names.values_list(field.name, flat=True))
    told = {"kept": 0, "gone": 0, "missing": 0}
    for folder, wanted in named.items():
        found = set(_walk(default_storage, folder))
        for name in found - wanted:
            told["gone"] += _forget(name)
        told["kept"] += len(found & wanted)
        for name in sorted(wanted - found - {None}):
            told["missing"] += 1
            log.error("a row names a file that is not there", extra={"file": name})
    return told


def _folder(field: models.FileField) -> str:
    return str(field.upload_to).split("/", 1)[0]


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    """Names below a folder; an absent folder holds none."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files if name)
    for inner in folders:
        yield from _walk(storage, f"{folder}/{inner}")


def _forget(name: str) -> int:
    try:
        if default_storage.get_modified_time(name) > timezone.now() - AGE:
            return 0
        default_storage.delete(name)
    except FileNotFoundError:
        return 0
    log.info("a file without a row was removed", extra={"file": name})
    return 1
