"""Where files lie: in a folder, written whole or not at all (or in a bucket: `buckets`).

Names are ours: what a person called a file stands in its row, never in the path. Files are served
by views that ask the reader's rights, never by address.
"""

import os
import re
import tempfile
import uuid
from pathlib import Path, PurePath
from typing import Any

from django.core.files.storage import FileSystemStorage

PART = ".part-"
ENDING = re.compile(r"\.[a-z0-9]{1,8}")


def generated(name: str) -> str:
    """A name of our own with the ending of theirs, where that is plain."""
    ending = PurePath(name).suffix.lower()
    return f"{uuid.uuid4().hex}{ending if ENDING.fullmatch(ending) else ''}"


class DiskStorage(FileSystemStorage):
    """A folder. A file appears under its name only when all its bytes are on disk."""

    def get_valid_name(self, name: str) -> str:
        """Ours instead of theirs; called for every file of a model."""
        return generated(name)

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=PART, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
                file.flush()
                os.fsync(file.fileno())
            Path(part).chmod(0o640)
            target = self._appear(Path(part), target)
        finally:
            Path(part).unlink(missing_ok=True)
        return target.relative_to(self.path("")).as_posix()

    def _appear(self, part: Path, target: Path) -> Path:
        """Give the file its name, which must be free; a link never replaces another file."""
        while True:
            try:
                os.link(part, target)
            except FileExistsError:
                target = Path(self.path(self.get_available_name(target.name)))
                continue
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
            return target
