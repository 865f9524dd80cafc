"""Every operation against a real sandbox process, each exchange checked against the contract."""

from decimal import Decimal

import pytest

from initiatives.jira import adf, catalogue, errors, text
from initiatives.jira import operations as op
from initiatives.jira.client import new_issue
from initiatives.jira.wire import Upload


def fields(jira, type_id="10001", **more):
    project = jira.project("GATE")["id"]
    return {
        "project": {"id": project},
        "issuetype": {"id": type_id},
        "summary": "A thing",
        **more,
    }


def test_every_operation_keeps_the_contract(checked_jira, sandbox, monkeypatch):
    jira, used, call = checked_jira, set(), checked_jira.wire.call
    monkeypatch.setattr(
        jira.wire,
        "call",
        lambda operation, *a, **kw: (used.add(operation), call(operation, *a, **kw))[1],
    )
    assert jira.myself().zone == "Europe/Berlin"
    assert jira.server_info()["deploymentType"] == "Cloud"
    assert jira.permissions("GATE", ["CREATE_ISSUES"]) == {"CREATE_ISSUES": True}
    assert {each["id"] for each in jira.issue_types("GATE")} >= {"10000", "10001", "10003"}
    assert any(each["fieldId"] == "summary" for each in jira.type_fields("GATE", "10001"))
    assert len(jira.project_statuses("GATE")) == 5

    epic = jira.create(
        fields(jira, "10000", labels=["gateline-a"]), properties={"gateline": {"x": 1}}
    )
    story = jira.create(fields(jira, parent={"id": epic.id}, customfield_10026=3.0))
    task = jira.create(fields(jira, "10003", parent={"id": story.id}))
    read = jira.issue(story.id, fields=["summary", "parent", "customfield_10026"])
    assert read.fields["parent"]["id"] == epic.id
    assert read.fields["customfield_10026"] == 3.0
    assert [each.id for each in jira.find_marked("gateline-a")] == [epic.id]
    assert jira.find_marked("gateline-a")[0].properties == {"gateline": {"x": 1}}
    assert jira.count('labels = "gateline-a"') == 1

    document = text.from_markdown("Hello **there**", local_id="t")
    jira.edit(
        story.id,
        fields={"description": document},
        update={"labels": [{"add": "ours"}]},
        properties={"gateline": {"x": 2}},
    )
    again = jira.issue(story.id, fields=["description", "labels"], properties=["gateline"])
    assert adf.fingerprint(again.fields["description"]) == adf.fingerprint(document)
    assert again.fields["labels"] == ["ours"]
    assert again.properties == {"gateline": {"x": 2}}

    step = next(each for each in jira.transitions(story.id) if each.to.category == "done")
    jira.transition(story.id, step.id)
    assert jira.issue(story.id, fields=["status"]).status.category == "done"

    assert jira.property(task.id, "gateline") is None
    jira.set_property(task.id, "gateline", {"a": "b"})
    assert jira.property(task.id, "gateline") == {"a": "b"}

    for title in ("First", "Second"):
        jira.set_remote_link(
            story.id, global_id="gateline:1", url="https://g.example/1", title=title
        )
    assert jira.remote_link(story.id, global_id="gateline:1")["object"]["title"] == "Second"
    assert len(sandbox.issues()[1]["remote_links"]) == 1
    jira.delete_remote_link(story.id, global_id="gateline:1")
    assert jira.remote_link(story.id, global_id="gateline:1") is None

    kind = jira.link_types()[0]
    for _ in range(2):
        jira.link_issues(link_type=kind["id"], blocker=epic.id, blocked=story.id)
    links = jira.issue(epic.id, fields=["issuelinks"]).fields["issuelinks"]
    assert [each["outwardIssue"]["id"] for each in links] == [story.id]

    assert jira.add_comment(story.id, adf.plain("Marker gateline-c"))
    assert len(jira.comments(story.id)) == 1
    assert jira.attachment_limit() > 0
    assert jira.attach(story.id, [Upload("a.txt", b"hello", "text/plain")])[0].bytes == 5

    board = jira.boards("GATE")[0]
    assert jira.board_configuration(board.id).estimation_field == "customfield_10026"
    sprint = jira.create_sprint(board=board.id, name="Sprint 1", goal="Ship")
    assert jira.sprints(board.id) == [sprint]
    jira.move_to_sprint(sprint.id, [story.id])
    jira.estimate(task.id, Decimal("2.50"), board=board.id)
    assert sandbox.issues()[2]["points"] == 2.5

    found = jira.issues([epic.id, story.key, "99999"], fields=["summary"])
    assert [each.id for each in found.issues] == [epic.id, story.id]
    assert found.missing == ("99999",)
    assert jira.wire._http._transport.checked > 40
    declared = {each for each in vars(op).values() if isinstance(each, op.Operation)}
    assert declared - used == {op.BULK_CREATE}


def test_each_operation_says_whether_it_may_be_repeated():
    assert op.CREATE.repeat is op.Repeat.MARKER
    assert op.SPRINT_CREATE.repeat is op.Repeat.NEVER
    assert all(
        each.repeat is op.Repeat.YES
        for each in vars(op).values()
        if isinstance(each, op.Operation) and each.reads
    )


def test_search_walks_pages_and_stops(checked_jira):
    project = checked_jira.project("GATE")["id"]
    bodies = [
        new_issue({"project": {"id": project}, "issuetype": {"id": "10001"}, "summary": f"S{n}"})
        for n in range(50)
    ]
    for _ in range(3):
        assert len(checked_jira.create_many(bodies).created) == 50
    hits = list(
        checked_jira.search_all('project = "GATE" ORDER BY created ASC', fields=["summary"])
    )
    assert len(hits) == 150
    assert len({each.id for each in hits}) == 150


def test_bulk_with_two_refused_maps_eight_right_and_two_messages(checked_jira, sandbox):
    sandbox.fault("refuse_elements", numbers=[3, 7], message="No.", path="/bulk")
    bodies = [new_issue(fields(checked_jira, summary=f"Item {n}")) for n in range(10)]
    bulk = checked_jira.create_many(bodies)
    assert sorted(bulk.created) == [0, 1, 2, 4, 5, 6, 8, 9]
    assert {number: error.fields for number, error in bulk.refused.items()} == {
        3: {"summary": "No."},
        7: {"summary": "No."},
    }
    for number, made in bulk.created.items():
        assert checked_jira.issue(made.id, fields=["summary"]).fields["summary"] == f"Item {number}"


def test_bulk_with_all_refused_creates_nothing_and_keeps_the_messages(checked_jira):
    bodies = [new_issue(fields(checked_jira, type_id="77777")) for _ in range(3)]
    bulk = checked_jira.create_many(bodies)
    assert bulk.created == {}
    assert [bulk.refused[n].fields for n in range(3)] == [
        {"issuetype": "Specify a valid issue type"}
    ] * 3


def test_a_field_off_the_screen_fails_the_create_with_jiras_words(checked_jira):
    with pytest.raises(errors.Refused) as caught:
        checked_jira.create(fields(checked_jira, "10000", customfield_10026=3.0))
    assert "not on the appropriate screen" in caught.value.fields["customfield_10026"]


def test_catalogue_reads_keeps_and_chooses(checked_jira):
    read = catalogue.read(checked_jira, "GATE")
    assert catalogue.from_json(read.as_json()) == read
    assert read.lacking == ()
    assert [catalogue.default_type(read, level).name for level in (1, 0, -1)] == [
        "Epic",
        "Story",
        "Sub-task",
    ]
    assert catalogue.points_field(read, read.type("10001")) == "customfield_10026"
    assert catalogue.points_field(read, read.type("10003")) == ""
    assert catalogue.unfilled(read.type("10001"), []) == []
    assert read.rich_fields() == {"customfield_10050"}


def test_team_managed_project_counts_with_the_other_field(checked_jira, sandbox):
    sandbox("POST", "projects", {"key": "TEAM", "name": "Team", "team_managed": True})
    read = catalogue.read(checked_jira, "TEAM")
    assert read.team_managed
    assert catalogue.points_field(read, read.type("10001")) == "customfield_10016"


def test_a_moved_issue_answers_by_its_old_key_with_the_new_one(checked_jira, sandbox):
    made = checked_jira.create(fields(checked_jira))
    sandbox("POST", f"issues/{made.id}/move", {"project": "OTHER"})
    seen = checked_jira.issue(made.key, fields=["project"])
    assert (seen.id, seen.key) == (made.id, "OTHER-1")


def test_an_old_search_path_is_gone(jira):
    removed = op.Operation("old search", "GET", "/rest/api/3/search", reads=True)
    with pytest.raises(errors.Gone, match="search/jql"):
        jira.wire.call(removed)
