"""Making a backup: database, files and their figures, of one moment, complete or not there."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from config.audit.sealing import last_seal
from config.backup.content import DIGEST, files, tables
from config.backup.programs import BackupError, run

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"


def make_backup(into: Path) -> Path:
    """Write a new folder below `into` and return it. Raises BackupError; leaves no half folder."""
    into.mkdir(parents=True, exist_ok=True)
    folder = into / datetime.now(UTC).strftime("gateline-%Y%m%d-%H%M%S")
    draft = folder.with_suffix(".part")
    if folder.exists() or draft.exists():
        message = f"{folder} exists already; wait a second and try again."
        raise BackupError(message)
    draft.mkdir(mode=0o700)
    try:
        told = _dump(draft)
        told["files"] = _copy_files(draft / FILES)
        (draft / MANIFEST).write_text(json.dumps(told, indent=1))
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return folder


@transaction.atomic
def _dump(draft: Path) -> dict[str, Any]:
    """Dump and figures are taken from one snapshot, while everybody goes on writing."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    run(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={draft / DUMP}",
    )
    position, chain = last_seal()
    return {
        "made_at": datetime.now(UTC).isoformat(),
        "tables": tables(),
        "digest": DIGEST,
        "audit_head": {"position": position, "chain": chain},
    }


def _copy_files(target: Path) -> dict[str, str]:
    # After the dump: a row is written after its file, so each file of a dumped row is there.
    source = Path(settings.MEDIA_ROOT)
    target.mkdir()
    if source.exists():
        shutil.copytree(source, target, dirs_exist_ok=True)
    return files(target)
