"""Connecting a line: refusals in sentences, the token never shown, the command, the doors."""

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.flow.errors import NotAllowed, NotYours
from initiatives.actions.jira_connection import connect_jira
from initiatives.models import JiraConnection, JiraItem

sys.path.insert(0, str(Path(__file__).parent))
from pushing import EMAIL, TOKEN, connect, push, ready, work_all


@pytest.fixture(autouse=True)
def reachable(settings, tmp_path):
    settings.OUTBOUND_HOSTS = ["127.0.0.1"]
    settings.KEY_FOLDER = tmp_path / "keys"


def told(cast, url, **changes):
    facts = {
        "line": cast.payments,
        "actor": cast.tpm,
        "base_url": url,
        "email": EMAIL,
        "token": TOKEN,
        "project_key": "GATE",
    }
    return {**facts, **changes}


def test_only_the_tpm_and_administrators_connect(cast, sandbox):
    with pytest.raises(NotYours):
        connect_jira(**told(cast, sandbox.url, actor=cast.outsider))
    connect_jira(**told(cast, sandbox.url, actor=cast.administrator))


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example.com", "ftp://127.0.0.1", "nonsense"]
)
def test_an_address_outside_the_allow_list_is_refused_before_anything_is_saved(cast, address):
    with pytest.raises(NotAllowed):
        connect_jira(**told(cast, address))
    assert not JiraConnection.objects.exists()


def test_a_stored_token_never_travels_to_another_address(cast, sandbox):
    connect(cast, sandbox.url)
    with pytest.raises(NotAllowed, match="Enter the token again"):
        connect_jira(**told(cast, "http://127.0.0.1:9", token=""))
    connect_jira(**told(cast, sandbox.url, token="", email="other@example.com"))


def test_the_project_stays_once_issues_are_in_it(cast, sandbox):
    connect(cast, sandbox.url)
    push(cast, ready(cast, ("See it",)))
    work_all()
    with pytest.raises(NotAllowed, match="its project stays"):
        connect_jira(**told(cast, sandbox.url, project_key="OTHER"))


def test_a_project_that_is_not_there_is_said(cast, sandbox):
    connection = connect(cast, sandbox.url, project="NOPE")
    assert connection.state == "unchecked"
    assert "NOPE cannot be used" in connection.state_note


def test_the_command_connects_and_says_so(cast, sandbox, capsys):
    line = ["payments", "--base", sandbox.url, "--email", EMAIL, "--project", "GATE"]
    call_command("jira_connect", *line, "--token", TOKEN)
    assert "Ready. Signed in as" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Signed out by Jira"):
        call_command("jira_connect", *line, "--token", "wrong")


def test_no_door_shows_the_token(cast, sandbox, as_, api_as):
    connection = connect(cast, sandbox.url)
    for page in ("/jira", "/jira/payments", "/admin/initiatives/jiraconnection/"):
        text = as_(cast.administrator).get(page).content.decode()
        assert TOKEN not in text
        assert connection.token_sealed not in text
    answer = api_as(cast.tpm).get("/api/v1/jira/connections/payments/").json()
    assert not [name for name in answer if "token" in name]


def test_page_and_api_save_and_start_the_check(cast, sandbox, as_, api_as):
    form = {"base_url": sandbox.url, "email": EMAIL, "token": TOKEN, "project_key": "gate"}
    answer = as_(cast.tpm).post("/jira/payments", form)
    assert (answer.status_code, answer["Location"][:6]) == (302, "/jobs/")
    assert as_(cast.tpm).post("/jira/payments", {**form, "email": "no"}).status_code == 422
    path = "/api/v1/jira/connections/payments/"
    version = f'"{JiraConnection.objects.get().row_version}"'
    again = api_as(cast.tpm).put(path, form, headers={"If-Match": version}, format="json")
    assert (again.status_code, again["Location"][:6]) == (202, "/jobs/")


def test_push_by_page_and_by_api(cast, sandbox, as_, api_as):
    connect(cast, sandbox.url)
    initiative = ready(cast, ("See it",))
    base = f"/initiatives/{initiative.key}/push"
    assert "to create" in as_(cast.reader).get(base).content.decode()
    answer = as_(cast.tpm).post(base)
    assert (answer.status_code, answer["Location"][:6]) == (302, "/jobs/")
    work_all()
    again = api_as(cast.tpm).post(f"/api/v1{base}/")
    assert (again.status_code, JiraItem.objects.count()) == (202, 4)
    plan = api_as(cast.reader).get(f"/api/v1{base}/").json()
    assert (plan["counts"]["unchanged"], len(plan["items"])) == (4, 4)
    assert "Nothing to push" in as_(cast.tpm).get(base).content.decode()


def test_pages_ask_as_often_for_one_ticket_as_for_three(
    cast, sandbox, as_, django_assert_max_num_queries
):
    connect(cast, sandbox.url)
    initiative = ready(cast, ("One", "Two", "Three"))
    later = initiative.tickets.exclude(title="One")
    browser, counts = as_(cast.tpm), {}
    for archived in ("2026-01-01T00:00Z", None):
        later.update(archived_at=archived)
        push(cast, initiative)
        for page in ("/jira", f"/initiatives/{initiative.key}/push"):
            with django_assert_max_num_queries(60) as asked:
                browser.get(page)
            counts.setdefault(page, []).append(len(asked))
    assert [few == many for few, many in counts.values()] == [True, True], counts
