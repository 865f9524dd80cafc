"""Jira's bad days: each failure becomes the class that says what may be done next."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from conftest import open_jira

from initiatives.jira import errors, wire

CREATE = r"/issue$"
BAD = [
    ("rate_limit", {"reason": "jira-burst-based"}, errors.Limited),
    ("status", {"status": 503}, errors.UnknownOutcome),
    ("status", {"status": 500}, errors.UnknownOutcome),
    ("failed_late", {}, errors.UnknownOutcome),
    ("lost_answer", {}, errors.UnknownOutcome),
    ("drop", {}, errors.UnknownOutcome),
    ("truncate", {}, errors.UnknownOutcome),
    ("html", {}, errors.UnknownOutcome),
    ("huge", {"bytes": 200_000_000}, errors.UnknownOutcome),
    ("status", {"status": 401}, errors.BadCredentials),
    ("status", {"status": 403, "messages": ["No."]}, errors.NotPermitted),
    ("status", {"status": 404}, errors.Gone),
    ("status", {"status": 400, "errors": {"summary": "No."}}, errors.Refused),
    ("status", {"status": 409}, errors.Changed),
    ("status", {"status": 302, "headers": {"Location": "http://x/"}}, errors.Refused),
    ("captcha", {}, errors.BadCredentials),
    ("seraph", {}, errors.BadCredentials),
]


def create(jira, **more):
    fields = {"project": {"key": "GATE"}, "issuetype": {"id": "10001"}, "summary": "x", **more}
    return jira.create(fields)


@pytest.mark.parametrize(("kind", "more", "expected"), BAD)
def test_a_create_that_fails_says_whether_it_may_be_repeated(jira, sandbox, kind, more, expected):
    sandbox.fault(kind, path=CREATE, method="POST", **more)
    with pytest.raises(errors.JiraError) as caught:
        create(jira)
    assert type(caught.value) is expected
    assert "sandbox-token" not in repr(caught.value) + str(caught.value)


@pytest.mark.parametrize("kind", ["lost_answer", "drop", "truncate", "html", "failed_late"])
def test_the_same_failure_on_a_repeatable_call_is_harmless(jira, sandbox, kind):
    made = create(jira)
    reading = kind in {"html", "truncate"}
    sandbox.fault(kind, path="/issue/", method="GET" if reading else "PUT")
    with pytest.raises(errors.Unavailable):
        if reading:
            jira.issue(made.id, fields=["summary"])
        else:
            jira.edit(made.id, fields={"summary": "y"})


def test_lost_answer_was_executed_and_is_found_by_its_marker(jira, sandbox):
    sandbox.fault("lost_answer", path=CREATE, method="POST")
    with pytest.raises(errors.UnknownOutcome):
        create(jira, labels=["gateline-1"])
    assert len(sandbox.issues()) == 1
    assert [each.key for each in jira.find_marked("gateline-1", project="GATE")] == ["GATE-1"]


def test_index_lag_hides_a_new_issue_that_a_read_by_id_shows(jira, sandbox):
    sandbox("POST", "index", {"lag": 0.6})
    made = create(jira, labels=["gateline-2"])
    assert jira.find_marked("gateline-2") == []
    assert jira.issue(made.id, fields=["labels"]).fields["labels"] == ["gateline-2"]
    time.sleep(0.7)
    assert [each.id for each in jira.find_marked("gateline-2")] == [made.id]


def test_a_flickering_index_loses_an_issue_it_has_shown(jira, sandbox):
    sandbox("POST", "index", {"flicker": True})
    create(jira, labels=["gateline-3"])
    seen = [len(jira.find_marked("gateline-3")) for _ in range(4)]
    assert sorted(seen) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "reason",
    [
        "jira-burst-based",
        "jira-per-issue-on-write",
        "jira-quota-tenant-based",
        "jira-quota-global-based",
    ],
)
@pytest.mark.parametrize(("wait", "expected"), [(7, 7.0), ("date", 2.0), (None, None)])
def test_429_names_reason_and_wait_and_was_not_executed(jira, sandbox, reason, wait, expected):
    sandbox.fault("rate_limit", reason=reason, retry_after=wait, method="POST", path=CREATE)
    with pytest.raises(errors.Limited) as caught:
        create(jira)
    assert caught.value.reason == reason
    if expected is None:
        assert caught.value.retry_after is None
    else:
        assert caught.value.retry_after == pytest.approx(expected, abs=1.1)
    assert sandbox.issues() == []
    assert create(jira).key == "GATE-1"


def test_retry_after_reads_seconds_dates_and_nonsense():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    later = now + timedelta(seconds=90)
    read = lambda text: errors.retry_after({"Retry-After": text}, now=now)  # noqa: E731
    assert read("30") == 30
    assert read(format_datetime(later, usegmt=True)) == 90
    assert read(format_datetime(now - timedelta(hours=1), usegmt=True)) == 0
    assert read("soon") is None
    reset = {"X-RateLimit-Reset": later.isoformat()}
    assert errors.retry_after(reset, now=now) == 90


def test_an_anonymous_search_is_empty_but_myself_tells(jira, sandbox):
    create(jira, labels=["gateline-4"])
    sandbox.fault("anonymous", times=2)
    assert jira.find_marked("gateline-4") == []
    with pytest.raises(errors.BadCredentials, match="authenticated"):
        jira.myself()


def test_a_wrong_token_is_bad_credentials_with_an_explanation(sandbox):
    with (
        open_jira(sandbox.url, token="wrong") as jira,
        pytest.raises(errors.BadCredentials) as caught,
    ):
        jira.myself()
    assert "scoped token" in str(caught.value)


@pytest.mark.parametrize("kind", ["drip", "drip_head"])
def test_the_total_deadline_ends_what_drips(sandbox, kind):
    sandbox.fault(kind, seconds=0.05)
    started = time.monotonic()
    with open_jira(sandbox.url, deadline_seconds=0.8) as jira, pytest.raises(errors.Unavailable):
        jira.server_info()
    assert time.monotonic() - started < 2


def test_an_answer_over_the_cap_is_not_read_to_its_end(jira, sandbox):
    sandbox.fault("huge", bytes=2_000_000_000, path="serverInfo")
    started = time.monotonic()
    with pytest.raises(errors.Unavailable, match="too long"):
        jira.server_info()
    assert time.monotonic() - started < 5


def test_nobody_listening_is_certainly_not_executed():
    with open_jira("http://127.0.0.1:9") as jira, pytest.raises(errors.Unavailable):
        create(jira)


def test_a_host_that_is_not_allowed_is_a_refusal_in_words():
    with open_jira("https://jira.example.com") as jira, pytest.raises(errors.Refused) as caught:
        jira.myself()
    assert "does not allow connections to jira.example.com:443" in str(caught.value)


def test_a_near_limit_is_remembered(jira, sandbox):
    sandbox.fault("near_limit", path="myself")
    jira.myself()
    assert jira.wire.last.near_limit


def test_reach_points_are_passed_in_order_by_changing_calls_only(sandbox):
    points = []
    with open_jira(sandbox.url, reach=points.append) as jira:
        jira.myself()
        assert points == []
        create(jira)
    assert points == ["jira.half_sent", "jira.sent", "jira.answered"]


def test_a_kill_before_the_answer_leaves_the_issue_in_jira(sandbox):
    class Killed(BaseException):
        pass

    def die(point):
        if point == "jira.sent":
            raise Killed

    with open_jira(sandbox.url, reach=die) as jira, pytest.raises(Killed):
        create(jira, labels=["gateline-5"])
    time.sleep(0.3)
    assert [each["labels"] for each in sandbox.issues()] == [["gateline-5"]]


def test_logs_hold_neither_token_nor_body(sandbox, caplog):
    caplog.set_level("DEBUG")
    with open_jira(sandbox.url) as jira:
        create(jira, summary="A secret plan")
    ours = [each for each in caplog.records if each.name.startswith("initiatives")]
    assert ours
    said = " ".join(each.getMessage() for each in caplog.records)
    assert "sandbox-token" not in said
    assert "A secret plan" not in said
    assert "sandbox-token" not in repr(wire.Site(api_base="https://x", token="sandbox-token"))
