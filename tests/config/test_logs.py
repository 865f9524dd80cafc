"""Logs: one line an event, each naming its request or due row, none naming a secret."""

import io
import json
import logging

import pytest
from structlog.stdlib import ProcessorFormatter

from config.due.jobs import run_here, start_job
from config.logs import about, logging_settings
from config.settings import base
from tests.laws.sources import ROOT

MARKER = "planted-marker-5f1c"


@pytest.fixture
def lines():
    """What the process would write as JSON during one test."""
    told = logging_settings(as_json=True)["formatters"]["line"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(
        ProcessorFormatter(
            processors=told["processors"], foreign_pre_chain=told["foreign_pre_chain"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)


def test_a_line_is_json_with_its_facts_and_context(lines):
    with about(request="abc123"):
        logging.getLogger("gateline.web").info("request", extra={"status": 200})
    logging.getLogger("gateline.web").info("after")
    first, second = lines()
    assert first["event"] == "request"
    assert (first["request"], first["status"], first["level"]) == ("abc123", 200, "info")
    assert first["timestamp"].endswith("Z")
    assert "request" not in second


def test_an_error_keeps_its_traceback_on_one_line(lines):
    try:
        1 / 0  # noqa: B018 - the error is the point
    except ZeroDivisionError:
        logging.getLogger("gateline.web").exception("broken")
    (line,) = lines()
    assert "ZeroDivisionError" in line["exception"]


@pytest.mark.django_db
def test_a_write_names_the_reference_the_answer_shows(lines, client):
    answer = client.post(
        "/sign-in",
        {"username": f"{MARKER}@example.com", "password": MARKER},
        headers={"cookie": f"sessionid={MARKER}", "authorization": f"Token {MARKER}"},
        query_params={"next": f"/{MARKER}"},
    )
    told = [line for line in lines() if line["event"] == "request"]
    assert [line["request"] for line in told] == [answer["X-Request-Id"]]
    assert (told[0]["method"], told[0]["route"]) == ("POST", "sign_in")
    assert MARKER not in json.dumps(told)


@pytest.mark.django_db
def test_readings_leave_no_line(lines, client):
    client.get("/sign-in")
    assert lines() == []


@pytest.mark.django_db
def test_lines_of_due_work_name_their_row(lines):
    row = start_job(kind="probe", owner=None, title="A probe", payload={"steps": 1})
    run_here(row)
    told = [line for line in lines() if line["event"] == "due row ended"]
    assert [(line["due"], line["outcome"]) for line in told] == [(f"due.Job:{row.pk}", "done")]


def test_logs_go_to_standard_error_and_nowhere_else():
    told = logging_settings(as_json=True)
    assert {name: each["class"] for name, each in told["handlers"].items()} == {
        "stderr": "logging.StreamHandler"
    }
    assert "stream" not in told["handlers"]["stderr"]
    assert [name for name, each in told["loggers"].items() if set(each) - {"level"}] == []
    assert told["root"]["handlers"] == ["stderr"]


def test_the_list_of_records_says_what_is_so(settings):
    manual = (ROOT / "docs" / "running.md").read_text()
    rows = [line for line in manual.splitlines() if line.count(" | ") == 4]
    (log,) = [row for row in rows if "log of the processes" in row]
    (trail,) = [row for row in rows if "| audit trail |" in row]
    (sent,) = [row for row in rows if "deliveries of webhooks" in row]
    assert "`logs/`" in log
    assert f"{base.AUDIT_HEADS.parent.name}/{base.AUDIT_HEADS.name}" in trail
    assert f"`WEBHOOK_BODY_DAYS` ({settings.WEBHOOK_BODY_DAYS} days)" in sent
    assert f"`WEBHOOK_LOG_DAYS` ({settings.WEBHOOK_LOG_DAYS} days)" in sent
