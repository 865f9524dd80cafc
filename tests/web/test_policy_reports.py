"""Violations of the content policy: taken from browsers, counted, never trusted."""

import json
import logging

import pytest

pytestmark = pytest.mark.django_db
OLD = {
    "csp-report": {
        "document-uri": "https://gateline.example/search?q=ada@example.com",
        "violated-directive": "script-src 'self'",
        "blocked-uri": "https://elsewhere.example/run.js?session=abc",
    }
}
NEW = [
    {
        "type": "csp-violation",
        "body": {
            "documentURL": "https://gateline.example/search?q=ada@example.com",
            "effectiveDirective": "script-src",
            "blockedURL": "https://elsewhere.example/run.js?session=abc",
        },
    }
]


def tell(client, body, kind="application/csp-report"):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post("/policy-report", text, content_type=kind)


def test_pages_name_the_address_of_reports(client):
    assert "report-uri /policy-report" in client.get("/sign-in")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("body", "kind"), [(OLD, "application/csp-report"), (NEW, "application/reports+json")]
)
def test_both_formats_are_logged_without_what_may_name_a_person(client, caplog, body, kind):
    with caplog.at_level(logging.WARNING, "gateline.policy"):
        assert tell(client, body, kind).status_code == 204
    (record,) = [r for r in caplog.records if r.name == "gateline.policy"]
    assert record.directive == "script-src"
    assert (record.page, record.blocked) == ("gateline.example/search", "elsewhere.example/run.js")


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{", '"text"', "[1]", b"\xff\xfe", '{"csp-report": 3}', "{}"]
)
def test_what_is_no_report_is_refused(client, body):
    assert tell(client, body).status_code == 400


def test_a_long_body_is_not_read(client):
    assert tell(client, " " * 20_000).status_code == 413


def test_many_reports_in_one_body_leave_few_lines(client, caplog):
    with caplog.at_level(logging.WARNING, "gateline.policy"):
        tell(client, NEW * 60, "application/reports+json")
    assert len([r for r in caplog.records if r.name == "gateline.policy"]) == 20


def test_an_invented_directive_and_address_are_kept_short(client, caplog):
    odd = {"violated-directive": "x\ny" * 50, "blocked-uri": "http://[", "document-uri": 7}
    with caplog.at_level(logging.WARNING, "gateline.policy"):
        assert tell(client, {"csp-report": odd}).status_code == 204
    (record,) = [r for r in caplog.records if r.name == "gateline.policy"]
    assert (record.directive, record.blocked, record.page) == ("other", "unreadable", "7")


def test_a_form_is_no_report(client):
    assert client.post("/policy-report", {"csp-report": "a\0b"}).status_code == 400
