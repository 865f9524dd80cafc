"""Web processes die by -9 while eight clients write: what was acknowledged is there, once, whole."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts.actions import make_personal_token
from accounts.models import Person
from initiatives.models import Initiative, InitiativeComment
from tests.cast import build_cast
from tests.factories.initiatives import source
from tests.processes.crew import database_url, wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

# A new process takes seconds to start, so the suite kills few; by hand GATELINE_KILLS=50.
KILLS = int(os.environ.get("GATELINE_KILLS", "4"))
CLIENTS = 8
HOST = "127.0.0.1"
PATIENCE = 120  # seconds; both processes may have to start anew on a busy machine


@pytest.fixture
def web(transactional_db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "data" / "test-files"
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "GATELINE_DATA": str(tmp_path / "data"),
        "PYTHONPATH": str(Path.cwd()),
    }
    (tmp_path / "data" / "static").mkdir(parents=True)
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--no-ws"]
    command += ["--host", HOST, "--port", str(port), "--workers", "2"]
    command += ["--respawn-failed-workers", "--respawn-interval", "0.1", "config.wsgi:application"]
    with (tmp_path / "web.log").open("w") as log:
        server = subprocess.Popen(
            command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_until(lambda: answers(port), seconds=60)
        yield server, port
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def free_port():

    with socket.socket() as free:
        free.bind((HOST, 0))
        return free.getsockname()[1]


def answers(port):
    try:
        return ask(port, "GET", "/health/live")[0] == 200
    except (OSError, HTTPException):
        return False


def ask(port, method, path, body=b"", headers=None, seconds=20):
    """One request on a connection of its own: status and body."""
    line = HTTPConnection(HOST, port, timeout=seconds)
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def children(pid):
    """The worker processes of the server."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in told if b"granian" in command_of(child)]


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def picture(colour):
    out = BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


class Client(threading.Thread):
    """Writes until told to stop; repeats what was not acknowledged with the same key."""

    def __init__(self, port, token, number, stop):
        super().__init__()
        self.port, self.token, self.number, self.stop = port, token, number, stop
        self.made, self.said, self.titles, self.odd = [], [], {}, []
        self.repeated = 0

    def run(self):
        turn = 0
        while not self.stop.is_set():
            turn += 1
            self.write(turn)

    def write(self, turn):
        words = f"client {self.number} turn {turn}"
        made = self.insist(
            "POST", "/api/v1/initiatives/",
            {"problem": words, "affected": "Clerks", "source": "growth"},
        )  # fmt: skip
        if made is None:
            return
        key = made["key"]
        self.made.append((words, key))
        self.insist("POST", f"/api/v1/initiatives/{key}/comments/", {"text": f"said by {words}"})
        self.said.append(f"said by {words}")
        self.portrait(random.choice(("red", "green", "blue")))

    def portrait(self, colour):
        edge = uuid.uuid4().hex
        start = f'--{edge}\r\nContent-Disposition: form-data; name="picture"; filename="me.png"'
        body = f"{start}\r\nContent-Type: image/png\r\n\r\n".encode()
        body += picture(colour) + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        self.attempt("PUT", "/api/v1/me/picture/", body, kind)

    def insist(self, method, path, data):
        """Repeat with the same key until there is an answer."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        body = json.dumps(data).encode()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.attempt(method, path, body, headers)
            if answer is not None and answer[0] in (200, 201):
                return json.loads(answer[1])
            # In flight elsewhere (409) and a dying server (5xx) are asked again.
            if answer is not None and answer[0] != 409 and answer[0] < 500:
                self.odd.append((path, *answer))
                return None
            self.repeated += 1
            time.sleep(0.05)
        self.odd.append((path, "never answered", answer))
        return None

    def attempt(self, method, path, body, headers):
        told = {**headers, "Authorization": f"Bearer {self.token}"}
        try:
            return ask(self.port, method, path, body, told)
        except (OSError, HTTPException):
            return None


def test_nothing_acknowledged_is_lost_doubled_or_half_there(web):
    server, port = web
    cast = build_cast()
    source("growth")
    people = [cast.requester, cast.product_manager, cast.designer, cast.tpm]
    people += [cast.engineer, cast.qa, cast.security, cast.finance]
    stop = threading.Event()
    clients = []
    for number, person in enumerate(people[:CLIENTS]):
        _, secret = make_personal_token(actor=person, name="kills", scope="write", days=1)
        clients.append(Client(port, secret, number, stop))
    for client in clients:
        client.start()
    killed = 0
    while killed < KILLS:
        victims, written = wait_until(lambda: children(server.pid)), told(clients)
        # The older of the two: one that dies twice within six seconds is taken for a crash loop,
        # and the server ends itself.
        os.kill(min(victims), signal.SIGKILL)
        killed += 1
        time.sleep(random.uniform(3, 4))
        # On a busy machine a process takes longer to come than the next kill; without a write between
        # two kills nothing would be tried.
        wait_until(lambda: told(clients) > written, seconds=PATIENCE)  # noqa: B023 - asked at once
    stop.set()
    for client in clients:
        client.join(PATIENCE)
        assert not client.is_alive()
    check(clients)


def told(clients):
    """How many writes were acknowledged so far."""
    return sum(len(client.made) + len(client.said) for client in clients)


def check(clients):
    assert [odd for client in clients for odd in client.odd] == []
    acknowledged = [one for client in clients for one in client.made]
    assert len(acknowledged) >= CLIENTS
    there = {(row.problem, row.key) for row in Initiative.objects.all()}
    assert set(acknowledged) - there == set(), "acknowledged and lost"
    assert len(there) == len(acknowledged), "made twice"
    said = [words for client in clients for words in client.said]
    assert sorted(InitiativeComment.objects.values_list("text", flat=True)) == sorted(said)
    whole(len(there))


def whole(count):
    """No initiative without its history, no picture without its file."""
    history = Initiative.pgh_event_model.objects.filter(pgh_label="insert")
    assert history.count() == count
    for person in Person.objects.exclude(picture=""):
        assert Image.open(default_storage.open(str(person.picture))).size == (192, 192)
