"""A real sandbox process over HTTP, and a client whose every exchange is checked."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import httpx
import pytest

from config import outbound
from initiatives.jira.client import Jira
from initiatives.jira.wire import Site, Wire

sys.path.insert(0, str(Path(__file__).parent))
import contract as jira_contract

ROOT = Path(__file__).resolve().parents[3]
EMAIL, TOKEN = "gateline@example.com", "sandbox-token"
PROJECTS = ("GATE:Gateline", "OTHER:Another place")


class SandboxProcess:
    """Starts, stops and steers `python -m initiatives.jira.sandbox`."""

    def __init__(self, state=None, *extra):
        command = [sys.executable, "-m", "initiatives.jira.sandbox", "--port", "0"]
        command += [word for each in PROJECTS for word in ("--project", each)]
        command += ["--state", str(state)] if state else []
        self.process = subprocess.Popen(
            [*command, *extra], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        )
        self.url = self.process.stdout.readline().rsplit(" ", 1)[1].strip()

    def __call__(self, method, path, body=None):
        raw = None if body is None else json.dumps(body).encode()
        address = f"{self.url}/__sandbox__/{path}"
        request = urllib.request.Request(address, raw, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def fault(self, kind, **more):
        return self("POST", "faults", {"kind": kind, **more})

    def issues(self):
        return self("GET", "issues")

    def requests(self, method=None):
        log = self("GET", "requests")
        return [each for each in log if method in {None, each["method"]}]

    def reset(self):
        self("DELETE", "faults")
        self("POST", "reset")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def sandbox_process():
    process = SandboxProcess()
    yield process
    process.stop()


@pytest.fixture
def sandbox(sandbox_process):
    sandbox_process.reset()
    return sandbox_process


@pytest.fixture(scope="session")
def contract_checked():
    """Wraps a transport so that each exchange is checked; skips without the contract."""
    if not jira_contract.available():
        pytest.skip(jira_contract.MISSING)
    jira_contract.contract()
    return jira_contract.CheckedTransport


def open_jira(url, *, transport=None, token=TOKEN, **options):
    """A client of the sandbox over the guarded transport."""
    guarded = transport or outbound.GuardedTransport(outbound.parse_allowed(["127.0.0.1"]))
    http = httpx.Client(transport=guarded, follow_redirects=False, trust_env=False)
    site = Site(api_base=url, email=EMAIL, token=token)
    return Jira(Wire(site, http=http, **options))


@pytest.fixture
def jira(sandbox):
    """A client without the contract check: for deliberate misbehaviour."""
    with open_jira(sandbox.url) as client:
        yield client


@pytest.fixture
def checked_jira(sandbox, contract_checked):
    """A client whose every request and answer is validated against the contract."""
    guarded = outbound.GuardedTransport(outbound.parse_allowed(["127.0.0.1"]))
    with open_jira(sandbox.url, transport=contract_checked(guarded)) as client:
        yield client
