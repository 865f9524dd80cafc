"""The sandbox itself: what it keeps, shows, announces, and how a person uses it."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import contract
import pytest
from conftest import SandboxProcess, open_jira

from initiatives.jira import text
from initiatives.jira.errors import Refused


def make(jira, **more):
    fields = {"project": {"key": "GATE"}, "issuetype": {"id": "10001"}, "summary": "A <b>thing</b>"}
    return jira.create({**fields, **more})


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def test_issues_survive_a_restart_and_a_kill(tmp_path):
    first = SandboxProcess(tmp_path)
    with open_jira(first.url) as jira:
        made = make(jira, labels=["gateline-1"])
    first.process.kill()
    first.process.wait()
    second = SandboxProcess(tmp_path)
    try:
        with open_jira(second.url) as jira:
            assert [each.id for each in jira.find_marked("gateline-1")] == [made.id]
            assert make(jira).key == "GATE-2"
    finally:
        second.stop()


def test_seed_fills_an_empty_board_once(tmp_path):
    for _ in range(2):
        process = SandboxProcess(tmp_path, "--seed")
        assert len(process.issues()) == 6
        process.stop()


def test_a_person_sees_the_board_and_an_issue_and_moves_it(jira, sandbox):
    description = text.describe(
        "Some **bold** words <script>alert(1)</script>",
        local_id="t",
        link="https://g.example/INI-1",
        criteria=[text.Criterion("It works")],
    )
    made = make(jira, description=description, customfield_10026=5.0)
    board = get(f"{sandbox.url}/")
    assert made.key in board
    assert "A &lt;b&gt;thing&lt;/b&gt;" in board
    page = get(f"{sandbox.url}/browse/{made.key}")
    assert "<strong>bold</strong>" in page
    assert "It works" in page
    assert "<script>" not in page
    data = urllib.parse.urlencode({"status": "10001"}).encode()
    with urllib.request.urlopen(f"{sandbox.url}/browse/{made.key}/status", data) as answer:
        assert answer.url.endswith(f"/browse/{made.key}")
    assert jira.issue(made.id, fields=["status"]).status.name == "Done"
    assert "Robin Vale changed status to Done" in get(f"{sandbox.url}/browse/{made.key}")


def test_a_missing_issue_is_a_page_and_an_unknown_address_an_answer(sandbox):
    for path in ("/browse/GATE-99", "/nowhere", "/rest/api/3/nowhere"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(sandbox.url + path)
        assert caught.value.code in {401, 404}


def test_the_sandbox_notes_every_request_and_all_of_them_keep_the_contract(jira, sandbox):
    if not contract.available():
        pytest.skip(contract.MISSING)
    make(jira)
    jira.find_marked("gateline-9")
    jira.myself()
    assert contract.check_log(sandbox.requests()) == 3
    assert sandbox("GET", "counters")["POST /rest/api/3/issue"] == 1


def test_a_foreign_hand_changes_moves_archives_and_deletes(jira, sandbox):
    made = make(jira)
    sandbox("POST", f"issues/{made.id}/fields", {"summary": "Theirs", "labels": ["foreign"]})
    assert jira.issue(made.id, fields=["summary"]).fields["summary"] == "Theirs"
    sandbox("POST", f"issues/{made.id}/archive", {})
    with pytest.raises(Refused, match="archived"):
        jira.edit(made.id, fields={"summary": "Ours"})
    sandbox("POST", f"issues/{made.id}/archive", {"archived": False})
    sandbox("POST", f"issues/{made.id}/delete", {})
    assert jira.issues([made.id], fields=["summary"]).missing == (made.id,)


def test_a_hidden_project_answers_as_if_it_were_not_there(jira, sandbox):
    made = make(jira)
    sandbox("POST", "projects", {"key": "GATE", "hidden": True})
    assert jira.issues([made.id], fields=["summary"]).missing == (made.id,)
    assert jira.find_marked("x", project="GATE") == []
    sandbox("POST", "projects", {"key": "GATE", "hidden": False})


def test_webhooks_are_signed_and_can_double_and_be_lost(jira, sandbox):
    heard = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self):
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            due = "sha256=" + hmac.new(b"secret", raw, hashlib.sha256).hexdigest()
            event = json.loads(raw)["webhookEvent"]
            name = self.headers["X-Atlassian-Webhook-Identifier"]
            heard.append((event, self.headers["X-Hub-Signature"] == due, name))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    ear = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{ear.server_port}/hook"
    sandbox("POST", "webhooks", {"url": url, "secret": "secret", "double": True, "lose": 1})
    made = make(jira)
    jira.edit(made.id, fields={"summary": "Again"})
    for _ in range(40):
        if len(heard) == 2:
            break
        time.sleep(0.05)
    ear.shutdown()
    assert [each[:2] for each in heard] == [("jira:issue_updated", True)] * 2
    assert heard[0][2] == heard[1][2]


@pytest.mark.parametrize(
    ("jql", "hits"),
    [
        ('project = GATE AND labels = "gateline-1"', 1),
        ("labels in (gateline-1, gateline-2) AND project = GATE", 2),
        ("project = GATE AND labels is EMPTY", 1),
        ("project = GATE AND status != Done", 3),
        ("project = GATE AND updated >= -10m ORDER BY updated DESC", 3),
        ("project = GATE AND updated < 1000", 0),
        ("id in (1, 2)", 0),
        ("project = GATE AND summary ~ thing", 3),
    ],
)
def test_queries_the_app_uses(jira, sandbox, jql, hits):
    make(jira, labels=["gateline-1"])
    make(jira, labels=["gateline-2"])
    make(jira)
    assert len(jira.search(jql, fields=["summary"]).issues) == hits


@pytest.mark.parametrize(
    "jql", ["ORDER BY created", "nonsense", "project = A OR project = B", "bad ~ 1"]
)
def test_queries_that_are_refused(jira, sandbox, jql):
    with pytest.raises(Refused):
        jira.search(jql, fields=["summary"])


def test_keep_alive_serves_many_requests_on_one_connection_in_parallel(sandbox):
    errors = []

    def work():
        try:
            with open_jira(sandbox.url) as jira:
                for _ in range(10):
                    make(jira)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert errors == []
    keys = [each["key"] for each in sandbox.issues()]
    assert len(set(keys)) == 60
