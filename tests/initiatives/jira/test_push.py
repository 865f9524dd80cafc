"""A push against a real sandbox process: plan, apply, repeat, change, refuse, trouble."""

import sys
import time
from pathlib import Path

import pytest

from config.due.jobs import ask_to_stop
from initiatives.actions.tickets import (
    change_ticket,
    set_criteria,
    set_sub_tasks,
    write_ticket,
)
from initiatives.jira.desired import marker_of
from initiatives.jira.plan import plan_push
from initiatives.jira.reach import open_jira
from initiatives.models import JiraConnection, JiraItem

sys.path.insert(0, str(Path(__file__).parent))
import contract as jira_contract
from pushing import connect, hurry, push, ready, work_all, writes


@pytest.fixture(autouse=True)
def reachable(settings, tmp_path):
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    settings.KEY_FOLDER = tmp_path / "keys"
    settings.JIRA_PROBE_SECONDS = (0.0,)


@pytest.fixture
def pushed(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    job = push(cast, initiative)
    work_all()
    job.refresh_from_db()
    return initiative, job


def ends():
    return sorted(JiraItem.objects.values_list("level", "sync", "state"))


def test_the_connection_is_checked_and_its_token_sealed(cast, sandbox):
    connection = connect(cast, sandbox.url)
    assert (connection.state, connection.catalogue["project_key"]) == ("ready", "GATE")
    assert "sandbox-token" not in connection.token_sealed
    assert "Signed in as" in connection.state_note


def test_a_wrong_token_is_said_in_words(cast, sandbox):
    connection = connect(cast, sandbox.url, token="wrong")
    assert connection.state == JiraConnection.State.REFUSED
    assert connection.state_note


def test_plan_then_apply_makes_every_issue_once(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    assert plan_push(initiative).counts == {"create": 7, "change": 0, "unchanged": 0, "refused": 0}
    job = push(cast, initiative)
    work_all()
    job.refresh_from_db()
    assert len(sandbox.issues()) == 7
    assert job.state == "done", (job.last_error, ends())
    assert job.counts["created"] == 7
    assert ends() == [
        (level, "synced", "done")
        for level in ("epic", "subtask", "subtask", "subtask", "subtask", "ticket", "ticket")
    ]
    item = JiraItem.objects.filter(level="ticket").first()
    assert (item.status_category, item.rfc_revision[:4]) == ("new", "RFC-")
    if jira_contract.available():
        jira_contract.check_log(sandbox.requests())


def test_applying_twice_changes_nothing(cast, sandbox, pushed):
    initiative, _job = pushed
    before = len(writes(sandbox))
    assert plan_push(initiative).counts == {"create": 0, "change": 0, "unchanged": 7, "refused": 0}
    again = push(cast, initiative)
    JiraItem.objects.want()
    work_all()
    again.refresh_from_db()
    assert (again.state, again.counts["unchanged"]) == ("done", 7)
    assert writes(sandbox)[before:] == []


def test_a_change_here_sends_one_edit_of_one_field(cast, sandbox, pushed):
    initiative, _job = pushed
    before = len(writes(sandbox))
    ticket = initiative.tickets.first()
    change_ticket(ticket=ticket, actor=cast.tpm, seen_version=None, title="See it at once")
    plan = plan_push(initiative)
    changed = [(each.title, [c.name for c in each.changes]) for each in plan.of("change")]
    assert changed == [("See it at once", ["summary"])]
    work_all()
    sent = writes(sandbox)[before:]
    assert [each["method"] for each in sent] == ["PUT"]
    assert plan_push(initiative).counts["unchanged"] == 7


def test_criteria_change_inside_the_description(cast, sandbox, pushed):
    initiative, _job = pushed
    set_criteria(ticket=initiative.tickets.first(), actor=cast.tpm, texts=["It is green."])
    work_all()
    assert "It is green." in str(writes(sandbox)[-1]["body"])
    assert plan_push(initiative).counts["unchanged"] == 7


def test_a_lost_answer_is_looked_for_and_never_repeated(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    sandbox.fault("lost_answer", method="POST", path="/rest/api/3/issue$")
    push(cast, initiative)
    work_all()
    epic = JiraItem.objects.get(level="epic")
    assert epic.sync == "unknown"
    hurry()
    work_all()
    assert len(sandbox.issues()) == 7
    assert {sync for _, sync, _ in ends()} == {"synced"}


def test_refused_keeps_jiras_words_and_can_be_tried_again(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    said = {"status": 400, "messages": ["The epic may not be made today."]}
    sandbox.fault("status", method="POST", path="/rest/api/3/issue$", **said)
    job = push(cast, initiative)
    work_all()
    job.refresh_from_db()
    epic = JiraItem.objects.get(level="epic")
    assert (epic.sync, epic.message) == ("refused", "The epic may not be made today.")
    assert (job.state, job.counts["refused"]) == ("done", 7)
    push(cast, initiative)
    work_all()
    hurry()
    work_all()
    assert len(sandbox.issues()) == 7


def test_limited_waits_for_the_whole_connection_without_counting(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    sandbox.fault("rate_limit", method="POST", path="/rest/api/3/issue$", retry_after=30)
    push(cast, initiative)
    work_all()
    epic = JiraItem.objects.get(level="epic")
    assert (epic.sync, epic.attempts, epic.state) == ("new", 0, "due")
    assert JiraConnection.objects.get().limited_until
    JiraConnection.objects.update(limited_until=None)
    hurry()
    work_all()
    hurry()
    work_all()
    assert len(sandbox.issues()) == 7


def test_signed_out_stops_everything_and_creates_nothing(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    sandbox.fault("status", status=401, times=0, path="/rest/")
    push(cast, initiative)
    work_all()
    assert JiraConnection.objects.get().state == "refused"
    assert sandbox.issues() == []
    assert set(JiraItem.objects.values_list("state", "attempts")) == {("due", 0)}


def test_a_stopped_push_sends_nothing_more_and_can_be_taken_up_again(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    ask_to_stop(push(cast, initiative), actor=cast.tpm)
    work_all()
    assert sandbox.issues() == []
    assert plan_push(initiative).counts["create"] == 7
    push(cast, initiative)
    work_all()
    hurry()
    work_all()
    assert len(sandbox.issues()) == 7


def test_two_issues_with_one_mark_the_older_stays_and_the_copy_is_reported(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast)
    sandbox.fault("lost_answer", method="POST", path="/rest/api/3/issue$")
    push(cast, initiative)
    work_all()
    epic = JiraItem.objects.get(level="epic")
    with open_jira(epic.connection) as jira:
        kind = next(k for k in epic.connection.catalogue["types"] if k["name"] == "Epic")
        jira.create(
            {
                "project": {"id": epic.connection.project_id},
                "issuetype": {"id": kind["id"]},
                "summary": "A copy",
                "labels": [marker_of(epic)],
            }
        )
    hurry()
    work_all()
    epic.refresh_from_db()
    oldest = min(sandbox.issues(), key=lambda each: int(each["id"]))
    assert (epic.issue_id, epic.sync) == (oldest["id"], "synced")
    assert "Jira holds it twice" in epic.message


def test_a_sub_task_that_left_the_plan_stays_in_jira_and_is_shown(cast, sandbox, pushed):
    initiative, _job = pushed
    set_sub_tasks(ticket=initiative.tickets.first(), actor=cast.tpm, titles=["Something else"])
    plan = plan_push(initiative)
    assert (plan.counts["create"], plan.counts["unchanged"]) == (1, 7)
    assert len([each for each in plan.items if "left the plan" in " ".join(each.warnings)]) == 2


def test_only_complete_work_is_pushed(cast, sandbox, pushed):
    initiative, _job = pushed
    write_ticket(initiative=initiative, actor=cast.tpm, title="Half thought", points=3)
    plan = plan_push(initiative)
    assert [(each.title, each.refusals) for each in plan.of("refused")] == [
        (
            "Half thought",
            ["It has no acceptance criteria.", "It has no test case.", "It has no sub-task."],
        )
    ]
    job = push(cast, initiative)
    work_all()
    job.refresh_from_db()
    assert (job.state, job.counts["refused"], len(sandbox.issues())) == ("done", 1, 7)


def test_what_an_issue_in_jira_lacks_now_is_said_and_not_held_back(cast, sandbox, pushed):
    initiative, _job = pushed
    ticket = initiative.tickets.first()
    change_ticket(ticket=ticket, actor=cast.tpm, seen_version=None, points=None)
    changed = {each.title: each.warnings for each in plan_push(initiative).of("change")}
    assert changed == {ticket.title: ["It has no points."]}


def test_an_index_that_lags_makes_it_wait_and_not_repeat(cast, sandbox, settings):
    settings.JIRA_PROBE_SECONDS = (0.1, 100.0)
    connect(cast, sandbox.url)
    initiative = ready(cast, ("See it",))
    sandbox("POST", "index", {"lag": 3})
    sandbox.fault("lost_answer", method="POST", path="/rest/api/3/issue$")
    push(cast, initiative)
    for _ in range(2):
        work_all()
        hurry()
    epic = JiraItem.objects.get(level="epic")
    assert (epic.sync, epic.attempts, len(sandbox.issues())) == ("unknown", 0, 1)
    time.sleep(3)
    for _ in range(2):
        hurry()
        work_all()
    assert len(sandbox.issues()) == 4
    assert {sync for _, sync, _ in ends()} == {"synced"}


def test_signed_out_while_looking_creates_nothing(cast, sandbox):
    connect(cast, sandbox.url)
    initiative = ready(cast, ("See it",))
    sandbox.fault("drop", method="POST", path="/rest/api/3/issue$")
    push(cast, initiative)
    work_all()
    sandbox.fault("status", status=401, times=0, path="/rest/")
    hurry()
    work_all()
    epic = JiraItem.objects.get(level="epic")
    assert (epic.sync, sandbox.issues()) == ("unknown", [])
    assert JiraConnection.objects.get().state == "refused"
