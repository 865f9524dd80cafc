"""Restoring into an empty database, and the drill that restores into one made for the purpose."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from config.audit.verifying import Report, verify
from config.backup.content import DIGEST, by_count, differences, files, tables
from config.backup.making import DUMP, FILES, MANIFEST
from config.backup.programs import BackupError, run
from config.due.hold import is_held

DRILL = "gateline_drill"


@dataclass(frozen=True)
class Drill:
    """How a restored copy compares with what the backup says, and whether it holds its mail."""

    tables: int
    rows: int
    files: int
    differences: list[str]
    trail: Report
    held: bool

    @property
    def passed(self) -> bool:
        return self.held and self.trail.sound and not self.differences


def manifest_of(folder: Path) -> dict[str, Any]:
    """What a backup says of itself. Raises BackupError when it is none or incomplete."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        told["tables"], told["files"], told["audit_head"]["position"]
    except (OSError, ValueError, KeyError) as error:
        message = f"{folder} is no complete backup: its {MANIFEST} cannot be read ({error})."
        raise BackupError(message) from error
    return told


def restore(folder: Path) -> Drill:
    """Restore into the empty database and file folder of the settings; the copy is held."""
    manifest_of(folder)
    target = Path(settings.MEDIA_ROOT)
    _must_be_empty(target)
    run("pg_restore", *_options(_database()), str(folder / DUMP))
    shutil.copytree(folder / FILES, target, dirs_exist_ok=True)
    return compare(folder, target)


def drill(folder: Path) -> Drill:
    """Restore into a database of its own beside ours, compare, and drop it again."""
    manifest_of(folder)
    with TemporaryDirectory() as files_here, _other_database():
        run("pg_restore", *_options(DRILL), str(folder / DUMP))
        shutil.copytree(folder / FILES, files_here, dirs_exist_ok=True)
        return compare(folder, Path(files_here))


@transaction.atomic
def compare(folder: Path, target: Path) -> Drill:
    """Put the database of this connection and a folder of files beside the backup's figures."""
    told = manifest_of(folder)
    here, found = tables(), files(target)
    rows = sum(count for count, _digest in here.values())
    # A backup of an earlier release summed its rows up otherwise: their numbers, files and trail remain.
    alike = told.get("digest") == DIGEST
    before, after = (told["tables"], here) if alike else (by_count(told["tables"]), by_count(here))
    unlike = differences(before, after, "Table")
    unlike += differences(told["files"], found, "File")
    trail = verify(heads_until=told["audit_head"]["position"])
    return Drill(len(here), rows, len(found), unlike, trail, is_held())


def _options(database: str) -> list[str]:
    # Comments on extensions need rights an owner of a database does not have.
    return [
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={database}",
    ]


def _database() -> str:
    return str(connection.get_connection_params()["dbname"])


def _must_be_empty(target: Path) -> None:
    if connection.introspection.table_names():
        message = f"The database “{_database()}” is not empty. Name an empty one in DATABASE_URL."
        raise BackupError(message)
    if target.exists() and any(target.iterdir()):
        message = f"{target} holds files already. Name another folder in GATELINE_DATA."
        raise BackupError(message)


@contextmanager
def _other_database() -> Iterator[None]:
    """An empty database on the same server; the connection works in it for a while."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DRILL}")
            cursor.execute(f"CREATE DATABASE {DRILL}")
    except ProgrammingError as error:
        message = f"The drill needs a database of its own, and the role may not make one: {error}"
        raise BackupError(message) from error
    ours = connection.settings_dict["NAME"]
    try:
        _connect_to(DRILL)
        yield
    finally:
        _connect_to(ours)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DRILL} WITH (FORCE)")


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
