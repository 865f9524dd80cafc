"""Folders of the server that are read again and again; and folders handed in through the page."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.permissions import is_admin
from config.due.models import DueState, Job
from config.flow.errors import NotAllowed, NotYours, Refusal
from rfc.actions.import_run import ask_for_import, must_be_below_a_root, uploads_root
from rfc.models import WatchedFolder

MOST_FILES, MOST_BYTES, MOST_DEPTH = 1_000, 60_000_000, 12
KEPT_HOURS = 24
TEXTS = {".md", ".markdown", ".yaml", ".yml"}
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}


def watch_folder(*, actor: Any, name: str, path: str, every_minutes: int) -> WatchedFolder:
    """Read a folder of the server from now on. NotAllowed outside the roots of the installation."""
    _administers(actor)
    folder = Path(path).expanduser().resolve()
    must_be_below_a_root(folder, path)
    if not folder.is_dir():
        raise NotAllowed(f"{path} is not a folder on the server.")
    try:
        with transaction.atomic():
            return WatchedFolder.objects.create(
                name=name.strip(), path=str(folder), every_minutes=every_minutes, added_by=actor
            )
    except IntegrityError as error:
        raise NotAllowed("A folder of that name or place is watched already.") from error


def read_now(*, actor: Any, folder: WatchedFolder) -> Job:
    """Read it at once, whether anything changed or not."""
    _administers(actor)
    return _read(folder, actor)


def set_active(*, actor: Any, folder: WatchedFolder, active: bool) -> None:
    """Pause or go on; a paused folder keeps what it brought."""
    _administers(actor)
    WatchedFolder.objects.filter(pk=folder.pk).update(active=active)


def forget_folder(*, actor: Any, folder: WatchedFolder) -> None:
    """Stop watching. Its RFCs stay, and adding it again under its name goes on with them."""
    _administers(actor)
    folder.delete()


def read_what_is_due() -> None:
    """Start reading every folder whose time has come and whose files changed; may run twice."""
    now = timezone.now()
    for folder in WatchedFolder.objects.filter(active=True).select_related("last_job", "added_by"):
        if folder.read_at and folder.read_at + timedelta(minutes=folder.every_minutes) > now:
            continue
        busy = folder.last_job is not None and folder.last_job.state == DueState.DUE
        mine = WatchedFolder.objects.filter(pk=folder.pk, read_at=folder.read_at)
        if busy or not mine.update(read_at=now):
            continue
        if folder.mark and folder.mark == mark_of(Path(folder.path)):
            continue
        try:
            _read(folder, folder.added_by)
        except Refusal:
            # The folder is gone or no longer allowed: the page says so beside it.
            WatchedFolder.objects.filter(pk=folder.pk).update(mark="")


def mark_of(folder: Path) -> str:
    """What the files look like: names, sizes and times of change."""
    digest = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(place, name)
            if file.suffix.lower() in TEXTS | PICTURES and file.exists():
                known = file.stat()
                digest.update(f"{file}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def keep_upload(*, actor: Any, files: Iterable[UploadedFile], paths: list[str], name: str) -> Path:
    """Put the files of a folder below the installation's own data; answers where.

    Only texts, their metadata and pictures are kept. NotAllowed when there is nothing to read,
    too much, or a path that leads elsewhere.
    """
    _administers(actor)
    files = list(files)
    named = paths if len(paths) == len(files) else [file.name or "" for file in files]
    wanted = [
        (file, inside)
        for file, inside in zip(files, map(_inside, named), strict=True)
        if inside.suffix.lower() in TEXTS | PICTURES
    ]
    if not any(inside.suffix.lower() in {".md", ".markdown"} for _file, inside in wanted):
        raise NotAllowed("There is no Markdown file among them; documents end in .md.")
    if len(files) > MOST_FILES or sum(file.size or 0 for file in files) > MOST_BYTES:
        raise NotAllowed(f"At most {MOST_FILES:,} files and 60 MB are taken at once; send a part.")
    top = {inside.parts[0] for _file, inside in wanted}
    inner = len(top) == 1 and all(len(inside.parts) > 1 for _file, inside in wanted)
    root = uploads_root() / str(uuid.uuid4()) / (_plain(name) or "upload")
    for file, inside in wanted:
        target = root.joinpath(*(inside.parts[1:] if inner else inside.parts))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
    return root


def import_upload(*, actor: Any, folder: Path, dry_run: bool) -> Job:
    """Import what `keep_upload` kept."""
    return ask_for_import(actor=actor, folder=str(folder), dry_run=dry_run, corpus=folder.name)


def sweep_uploads() -> None:
    """Handed-in folders are kept for a day: long enough to import after a dry run."""
    oldest = timezone.now().timestamp() - KEPT_HOURS * 3600
    root = uploads_root()
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


def _read(folder: WatchedFolder, actor: Any) -> Job:
    job = ask_for_import(actor=actor, folder=folder.path, dry_run=False, corpus=folder.name)
    WatchedFolder.objects.filter(pk=folder.pk).update(
        last_job=job, read_at=timezone.now(), mark=mark_of(Path(folder.path))
    )
    return job


def _inside(path: str) -> PurePosixPath:
    """The path below the folder handed in, or a refusal for one that leads elsewhere."""
    named = PurePosixPath(path.replace("\\", "/"))
    odd = named.is_absolute() or ".." in named.parts or "\0" in path or not named.parts
    if odd or len(named.parts) > MOST_DEPTH or any(len(part) > 200 for part in named.parts):
        raise NotAllowed(f"“{path[:80]}” is no path inside a folder.")
    return named


def _plain(name: str) -> str:
    """A name that is one folder: letters, digits, and what does not lead anywhere."""
    return "".join(c for c in name.strip() if c.isalnum() or c in " -_").strip()[:80]


def _administers(actor: Any) -> None:
    if not is_admin(actor):
        raise NotYours("Folders are imported by administrators.")
