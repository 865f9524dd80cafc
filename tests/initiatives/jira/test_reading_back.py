"""What happens in Jira comes back: status by polling, drift shown and settled by a person."""

import sys
from pathlib import Path

import pytest

from config.due.jobs import run_here
from initiatives.actions.jira_connection import switch_push
from initiatives.actions.jira_push import resolve_drift
from initiatives.actions.jira_read import ask_to_read, poll
from initiatives.jira.plan import plan_push
from initiatives.jira.reach import open_jira
from initiatives.models import JiraConnection, JiraItem

sys.path.insert(0, str(Path(__file__).parent))
from pushing import connect, hurry, push, ready, work_all, writes


@pytest.fixture(autouse=True)
def reachable(settings, tmp_path):
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    settings.KEY_FOLDER = tmp_path / "keys"


@pytest.fixture
def story(cast, sandbox):
    connect(cast, sandbox.url)
    push(cast, ready(cast, ("See it",)))
    work_all()
    return JiraItem.objects.get(level="ticket")


def there(item):
    """A client that acts in Jira as somebody would."""
    return open_jira(item.connection)


def test_a_status_changed_in_jira_is_read_by_polling(story, sandbox):
    with there(story) as jira:
        done = next(t for t in jira.transitions(story.issue_id) if t.to.category == "done")
        jira.transition(story.issue_id, done.id)
    before = len(writes(sandbox))
    poll(story.connection)
    story.refresh_from_db()
    assert (story.status_category, story.wanted, story.drift) == ("done", 1, {})
    poll(JiraConnection.objects.get())
    assert writes(sandbox)[before:] == []


def test_a_text_changed_in_jira_is_shown_and_never_overwritten(cast, story, sandbox):
    with there(story) as jira:
        jira.edit(story.issue_id, fields={"summary": "Theirs"})
    run_here(ask_to_read(actor=cast.tpm, initiative=story.initiative))
    story.refresh_from_db()
    assert story.drift["summary"]["theirs"] == "Theirs"
    JiraItem.objects.want()
    work_all()
    assert "Theirs" in [each["summary"] for each in sandbox.issues()]


@pytest.mark.parametrize(("rule", "kept"), [("ours", "See it"), ("theirs", "Theirs")])
def test_a_person_settles_a_difference(cast, story, sandbox, rule, kept):
    with there(story) as jira:
        jira.edit(story.issue_id, fields={"summary": "Theirs"})
    poll(story.connection)
    story.refresh_from_db()
    resolve_drift(item=story, actor=cast.tpm, field="summary", rule=rule)
    work_all()
    story.refresh_from_db()
    assert (story.drift, story.sync) == ({}, "synced")
    assert kept in [each["summary"] for each in sandbox.issues()]
    assert plan_push(story.initiative).counts["unchanged"] == 4


def test_a_label_of_somebody_else_survives(cast, story, sandbox):
    with there(story) as jira:
        jira.edit(story.issue_id, update={"labels": [{"add": "theirs"}]})
    JiraItem.objects.want()
    work_all()
    labels = next(each["labels"] for each in sandbox.issues() if each["id"] == story.issue_id)
    assert "theirs" in labels
    story.refresh_from_db()
    assert story.drift == {}


def test_push_off_stops_every_item(cast, story, sandbox):
    switch_push(connection=story.connection, actor=cast.tpm, on=False)
    before = len(sandbox.requests())
    JiraItem.objects.want()
    work_all()
    assert len(sandbox.requests()) == before
    assert set(JiraItem.objects.values_list("state", "attempts")) == {("due", 0)}


def test_an_issue_deleted_in_jira_is_gone_after_three_reads_and_not_made_again(story, sandbox):
    sandbox("POST", f"issues/{story.issue_id}/delete", {})
    before = len(sandbox.issues())
    JiraItem.objects.filter(pk=story.pk).want()
    for _ in range(3):
        hurry()
        work_all()
    story.refresh_from_db()
    assert (story.sync, story.state) == ("gone", "done")
    assert len(sandbox.issues()) == before


def test_reading_notices_that_an_issue_is_missing(cast, story, sandbox):
    sandbox("POST", f"issues/{story.issue_id}/delete", {})
    run_here(ask_to_read(actor=cast.tpm, initiative=story.initiative))
    story.refresh_from_db()
    assert (story.state, story.sync) == ("due", "synced")
