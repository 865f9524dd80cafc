"""Requests wrong in each known way never leave (J18, J33-J41)."""

import pytest

from initiatives.jira import adf, errors
from initiatives.jira import operations as op
from initiatives.jira.preflight import Outgoing, check

SIGNED = {"Authorization": "Basic abc"}
GOOD = {"project": {"id": "1"}, "issuetype": {"id": "2"}, "summary": "A"}
DOC = adf.plain("Hello")


def create(**more):
    return {"fields": {key: value for key, value in {**GOOD, **more}.items() if value is not ...}}


WRONG = [
    (op.MYSELF, {"headers": {}}, "A request must carry credentials."),
    (op.MYSELF, {"headers": {"Authorization": "Basic "}}, "A request must carry credentials."),
    (op.CREATE, {"body": create(project=...)}, "A create names its project."),
    (
        op.CREATE,
        {"body": create(issuetype={"name": "Story"})},
        "A create names its issue type by id.",
    ),
    (op.CREATE, {"body": create(summary=...)}, "A create has a summary."),
    (op.CREATE, {"body": create(summary="x" * 256)}, "A summary has 1 to 255 characters."),
    (op.CREATE, {"body": create(summary=" ")}, "A summary has 1 to 255 characters."),
    (op.CREATE, {"body": create(summary="a\nb")}, "A summary is one line."),
    (op.CREATE, {"body": create(description="text")}, "description is not an Atlassian document."),
    (
        op.CREATE,
        {"body": create(customfield_1="text"), "rich": frozenset({"customfield_1"})},
        "customfield_1 is not an Atlassian document.",
    ),
    (
        op.CREATE,
        {"body": create(labels=["a b"])},
        "The label “a b” has white space or a wrong length.",
    ),
    (
        op.CREATE,
        {"body": create(labels=["a" * 256])},
        f"The label “{'a' * 256}” has white space or a wrong length.",
    ),
    (op.CREATE, {"body": create(labels=["a", "a"])}, "Labels are a list without doubles."),
    *[
        (op.CREATE, {"body": create(**{name: "x"})}, f"{name} cannot be written.")
        for name in ("status", "key", "created", "updated", "id", "resolutiondate")
    ],
    (
        op.CREATE,
        {"body": {**create(), "transition": {"id": "1"}}},
        "A transition goes on its own path.",
    ),
    (op.CREATE, {"body": create(parent="GATE-1")}, "A parent is named by id or key."),
    (
        op.BULK_CREATE,
        {"body": {"issueUpdates": [create()] * 51}},
        "A bulk create holds 1 to 50 issues.",
    ),
    (op.BULK_CREATE, {"body": {"issueUpdates": []}}, "A bulk create holds 1 to 50 issues."),
    (
        op.BULK_CREATE,
        {"body": {"issueUpdates": [create(), create(summary=...)]}},
        "Issue 1: A create has a summary.",
    ),
    (op.EDIT, {"body": {}}, "An edit changes at least one field."),
    (
        op.EDIT,
        {"body": {"fields": {"summary": "a"}, "transition": {"id": "1"}}},
        "A transition goes on its own path.",
    ),
    (
        op.EDIT,
        {"body": {"fields": {"labels": ["a"]}, "update": {"labels": [{"add": "b"}]}}},
        "A field is set or updated, not both.",
    ),
    (
        op.EDIT,
        {"body": {"update": {"labels": [{"add": "b c"}]}}},
        "The label “b c” has white space or a wrong length.",
    ),
    (
        op.TRANSITION,
        {"body": {"transition": {"id": "Done"}}},
        "A transition is named by its number.",
    ),
    (op.TRANSITION, {"body": {"transition": {"id": 5}}}, "A transition is named by its number."),
    (op.COMMENT_ADD, {"body": {"body": "hello"}}, "comment is not an Atlassian document."),
    (op.SEARCH, {"body": {"jql": "", "fields": ["id"]}}, "A search is bounded by a query."),
    (op.SEARCH, {"body": {"jql": "project = A"}}, "A search names its fields."),
    (
        op.SEARCH,
        {"body": {"jql": "project = A", "fields": ["id"], "reconcileIssues": [1] * 51}},
        "A search reconciles at most 50 issues.",
    ),
    (
        op.BULK_FETCH,
        {"body": {"issueIdsOrKeys": ["1"] * 101, "fields": ["id"]}},
        "A bulk fetch names 1 to 100 issues.",
    ),
    (op.BULK_FETCH, {"body": {"issueIdsOrKeys": ["1"]}}, "A bulk fetch names its fields."),
    (op.ISSUE_GET, {}, "A read names its fields."),
    (
        op.REMOTE_LINK_SET,
        {"body": {"object": {"title": "a", "url": "https://a.b"}}},
        "A remote link has a global id of 1 to 255 characters.",
    ),
    (
        op.REMOTE_LINK_SET,
        {"body": {"globalId": "g", "object": {"title": "a", "url": "javascript:x"}}},
        "A remote link has a title and a web address.",
    ),
    (
        op.REMOTE_LINK_DELETE,
        {"query": {"globalId": "g"}},
        "Deleting a remote link needs a content type.",
    ),
    (op.LINK, {"body": {"comment": {}}}, "A link carries no comment; each repeat would add one."),
    (op.ATTACH, {"files": 1}, "An attachment needs X-Atlassian-Token: no-check."),
    (
        op.ATTACH,
        {"files": 61, "headers": {**SIGNED, "X-Atlassian-Token": "no-check"}},
        "A request attaches 1 to 60 files.",
    ),
    (
        op.SPRINT_CREATE,
        {"body": {"name": "x" * 31, "originBoardId": 1}},
        "A sprint has a name of 1 to 30 characters.",
    ),
    (op.SPRINT_CREATE, {"body": {"name": "x"}}, "A sprint names its board."),
    (
        op.SPRINT_MOVE,
        {"body": {"issues": ["1"] * 51}},
        "1 to 50 issues are moved into a sprint at once.",
    ),
]


@pytest.mark.parametrize(("operation", "said", "sentence"), WRONG)
def test_a_wrong_request_is_refused_in_one_sentence(operation, said, sentence):
    with pytest.raises(errors.WrongRequest) as caught:
        check(Outgoing(operation=operation, **{"headers": SIGNED, **said}))
    assert caught.value.messages == (sentence,)


def test_a_right_create_passes():
    body = create(description=DOC, labels=["a"], parent={"id": "5"})
    check(Outgoing(operation=op.CREATE, headers=SIGNED, body=body))


def test_a_wrong_request_never_reaches_jira(jira, sandbox):
    with pytest.raises(errors.WrongRequest):
        jira.create({"summary": "No project"})
    assert sandbox.requests() == []


def test_the_wrong_requests_the_contract_lets_through_are_refused_by_the_sandbox_too(jira, sandbox):
    import base64
    import json
    import urllib.error
    import urllib.request

    def post(fields):
        pair = base64.b64encode(b"gateline@example.com:sandbox-token").decode()
        request = urllib.request.Request(
            f"{sandbox.url}/rest/api/3/issue",
            json.dumps({"fields": fields}).encode(),
            {"Authorization": f"Basic {pair}", "Content-Type": "application/json"},
        )
        try:
            urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            return json.loads(error.read())["errors"]
        return {}

    good = {"project": {"key": "GATE"}, "issuetype": {"id": "10001"}, "summary": "A"}
    assert "Atlassian Document" in post({**good, "description": "text"})["description"]
    assert "Atlassian Document" in post({**good, "customfield_10050": "text"})["customfield_10050"]
    assert "newline" in post({**good, "summary": "a\nb"})["summary"]
    assert "255" in post({**good, "summary": "a" * 256})["summary"]
    assert "spaces" in post({**good, "labels": ["a b"]})["labels"]
    assert "appropriate screen" in post({**good, "status": {"id": "3"}})["status"]
    assert "appropriate screen" in post({**good, "customfield_99": 1})["customfield_99"]
    assert "must specify a summary" in post({**good, "summary": ""})["summary"]
    assert "hierarchy" in next(iter(post({**good, "parent": {"key": _story(jira)}}).values()))


def _story(jira):
    fields = {"project": {"key": "GATE"}, "issuetype": {"id": "10001"}, "summary": "S"}
    return jira.create(fields).key
