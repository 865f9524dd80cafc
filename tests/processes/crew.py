"""Relay and worker processes of one test, on the test database and the test's own broker."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from urllib.parse import urlsplit

import redis
from django.db import connection

from config.settings.environment import BASE_DIR, DATABASE_URL


def database_url():
    """The address of the database this test uses."""
    name = connection.settings_dict["NAME"]
    return urlsplit(DATABASE_URL)._replace(path=f"/{name}").geturl()


def wait_until(asked, seconds=30, step=0.05):
    """Wait until `asked()` is true and return its value; fail after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := asked():
            return value
        time.sleep(step)
    message = f"Not so after {seconds} s: {asked}"
    raise AssertionError(message)


class Crew:
    """Starts `manage.py` commands in process groups of their own, and ends what it started."""

    def __init__(self, broker, folder, **environment):
        self.broker = broker
        self.folder = folder
        self.faults = folder / "faults"
        self.faults.mkdir(exist_ok=True)
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "REDIS_URL": broker.url,
            "DJANGO_SETTINGS_MODULE": "tests.processes.settings",
            "GATELINE_FAULTS": f"dir:{self.faults}",
            "PYTHONPATH": str(BASE_DIR),
            **environment,
        }
        self.running = {}

    def start(self, name, *command):
        """Start a command under a name of the test's choice; its output goes to a file."""
        with (self.folder / f"{name}.log").open("a") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "manage.py", *command],
                cwd=BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def relay(self, name="relay"):
        return self.start(name, "relay")

    def worker(self, name="worker", *options):
        return self.start(name, "worker", "--concurrency=1", *options)

    def kill(self, name):
        """-9 to the process and its children at once."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def signal(self, name, number):
        """A signal to the process and its children."""
        os.killpg(self.running[name].pid, number)

    def stop(self, name, seconds=20):
        """SIGTERM; returns the exit code."""
        process = self.running.pop(name)
        process.terminate()
        return process.wait(seconds)

    def alive(self, name):
        return self.running[name].poll() is None

    def output(self, name):
        return (self.folder / f"{name}.log").read_text()

    def listening(self):
        """Wait until a worker waits at the broker (it is then ready for work)."""
        wait_until(self._worker_at_broker)
        return self

    def _worker_at_broker(self):
        try:
            return any(c["cmd"] == "brpop" for c in self.broker.client.client_list())
        except redis.RedisError:
            return False

    def close(self):
        for name in list(self.running):
            self.kill(name)
