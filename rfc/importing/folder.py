"""Walks a folder and yields what it holds."""

from collections.abc import Iterator
from pathlib import Path

from rfc.importing.documents import Found


def read_folder(path: Path | str, *, default_status: str = "draft") -> Iterator[Found]:
    """Every document, failure and skipped file under `path`, in the order of their paths."""
    raise NotImplementedError
