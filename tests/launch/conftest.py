"""Folders that the servers' account can reach; pytest's own is closed to it when we are root."""

import shutil
import tempfile
from pathlib import Path

import pytest

from config.launch.places import Place


@pytest.fixture
def open_folder():
    folder = Path(tempfile.mkdtemp(prefix="gateline-launch-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place(open_folder):
    place = Place(open_folder / "data")
    assert place.take()
    yield place
    place.leave()
