"""A real receiver, and webhooks that point at it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from webhooks.actions import register_endpoint


class ReceiverProcess:
    def __init__(self, folder):
        self.log = folder / "received.jsonl"
        self.log.touch()
        script = Path(__file__).with_name("receiver.py")
        self.process = subprocess.Popen(
            [sys.executable, script, self.log],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}"

    def received(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def receiver(tmp_path, settings):
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    settings.KEY_FOLDER = tmp_path / "data" / "keys"
    started = ReceiverProcess(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def hooked(receiver):
    """`hooked(person, "ok")`: a webhook of that person and its secret."""

    def register(person, how="ok", kinds=("rfc.accepted", "initiative.created"), line=None):
        return register_endpoint(
            actor=person, name="Calendar", url=f"{receiver.url}/{how}", kinds=kinds, line=line
        )

    return register
