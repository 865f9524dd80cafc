"""Issues: create, bulk create, read, edit, delete, bulk fetch, transitions, properties."""

import time
from typing import Any

from initiatives.jira.sandbox import fields as checks
from initiatives.jira.sandbox import scheme, view
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.world import Issue, now_text

V3 = "/rest/api/3"
ONE = f"{V3}/issue/{{issue}}"


@routes.add("POST", f"{V3}/issue", writes=True)
def create(box: Sandbox, request: Request) -> Answer:
    issue = _make(box, request.json, request.person)
    return Answer(201, view.created(issue, request.base))


@routes.add("POST", f"{V3}/issue/bulk", writes=True)
def create_many(box: Sandbox, request: Request) -> Answer:
    """201 with the successes only and the numbers of the failures; 400 when all failed."""
    wanted = request.json.get("issueUpdates")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 50:
        raise Refusal(400, "The number of issues in a bulk create must be between 1 and 50.")
    on_order = {int(each) for each in request.names.get("refuse", "").split(",") if each}
    made, failed = [], []
    for number, body in enumerate(wanted):
        if number in on_order:
            failed.append(_failed(number, Refusal(400, summary=request.names["refuse_text"])))
            continue
        try:
            made.append(view.created(_make(box, body, request.person), request.base))
        except Refusal as refusal:
            failed.append(_failed(number, refusal))
    return Answer(201 if made else 400, {"issues": made, "errors": failed})


def _failed(number: int, refusal: Refusal) -> dict[str, Any]:
    said = {"errorMessages": refusal.messages, "errors": refusal.errors}
    return {"status": refusal.status, "elementErrors": said, "failedElementNumber": number}


def _make(box: Sandbox, body: Any, person: str) -> Issue:
    project, type_id, kept = checks.new_issue(box.world, body)
    issue = Issue(
        id=str(box.world.next_id()),
        key=box.world.new_key(project),
        project=project.id,
        type=type_id,
        fields=kept,
        creator=person,
    )
    for each in body.get("properties") or []:
        issue.properties[str(each["key"])] = each["value"]
    box.world.issues[issue.id] = issue
    box.wrote(issue, "created", person=person, items=[])
    return issue


@routes.add("GET", ONE)
def read(box: Sandbox, request: Request) -> Answer:
    issue = box.need_issue(request.names["issue"])
    asked = request.listed("fields") or ["*all"]
    body = view.issue(box.world, issue, asked, request.base, request.listed("properties"))
    return Answer(200, body)


@routes.add("PUT", ONE, writes=True)
def edit(box: Sandbox, request: Request) -> Answer:
    issue = box.writable(request.names["issue"])
    fresh = checks.edit(box.world, issue, request.json)
    for each in request.json.get("properties") or []:
        issue.properties[str(each["key"])] = each["value"]
    change(box, issue, fresh, person=request.person)
    return Answer(204)


def change(box: Sandbox, issue: Issue, fresh: dict[str, Any], *, person: str) -> None:
    """Write new values; a value equal to the old one leaves no trace, as in Jira."""
    items = [
        {"field": name, "fieldId": name, "fromString": _said(old), "toString": _said(new)}
        for name, new in fresh.items()
        if (old := issue.fields.get(name)) != new
    ]
    issue.fields |= fresh
    if items:
        note(box, issue, items, person=person)


def note(box: Sandbox, issue: Issue, items: list[dict[str, Any]], *, person: str) -> None:
    """Stamp a change: time, changelog, index, webhook."""
    moment = now_text()
    while moment <= issue.updated:
        time.sleep(0.001)
        moment = now_text()
    issue.updated = moment
    number = str(box.world.next_id())
    issue.changes.append({"id": number, "created": issue.updated, "author": person, "items": items})
    box.wrote(issue, "generic", person=person, items=items)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


@routes.add("DELETE", ONE, writes=True)
def delete(box: Sandbox, request: Request) -> Answer:
    issue = box.writable(request.names["issue"])
    below = [each for each in box.world.children(issue) if scheme.TYPES[each.type]["subtask"]]
    if below and request.query.get("deleteSubtasks") != "true":
        raise Refusal(400, f"The issue '{issue.key}' has subtasks. You must delete them first.")
    remove(box, [issue, *below], person=request.person)
    return Answer(204)


def remove(box: Sandbox, gone: list[Issue], *, person: str) -> None:
    for each in gone:
        del box.world.issues[each.id]
        box.world.links = [
            link for link in box.world.links if each.id not in {link["inward"], link["outward"]}
        ]
        box.wrote(each, "deleted", person=person, items=[])


@routes.add("POST", f"{V3}/issue/bulkfetch")
def bulk_fetch(box: Sandbox, request: Request) -> Answer:
    body = request.json
    wanted = body.get("issueIdsOrKeys")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise Refusal(400, "The number of issues must be between 1 and 100.")
    asked, properties = body.get("fields") or ["*navigable"], body.get("properties") or []
    found = {name: box.world.issue(str(name)) for name in dict.fromkeys(wanted)}
    return Answer(
        200,
        {
            "issues": [
                view.issue(box.world, each, asked, request.base, properties)
                for each in found.values()
                if each
            ],
            "issueErrors": [
                {"id": str(name), "errorMessage": "Issue not found or not visible."}
                for name, each in found.items()
                if each is None
            ],
        },
    )


@routes.add("GET", f"{ONE}/transitions")
def transitions(box: Sandbox, request: Request) -> Answer:
    issue = box.need_issue(request.names["issue"])
    with_fields = "transitions.fields" in request.query.get("expand", "")
    listed = [
        view.transition(number, request.base, with_fields=with_fields)
        for number, (_, target) in scheme.TRANSITIONS.items()
        if target != issue.status
    ]
    return Answer(200, {"expand": "transitions", "transitions": listed})


@routes.add("POST", f"{ONE}/transitions", writes=True)
def transition(box: Sandbox, request: Request) -> Answer:
    issue = box.writable(request.names["issue"])
    chosen = (request.json.get("transition") or {}).get("id")
    if not isinstance(chosen, str) or not chosen.isdecimal():
        raise Refusal(400, "'transition' identifier must be an integer")
    target = scheme.TRANSITIONS.get(chosen, ("", ""))[1]
    if not target or target == issue.status:
        said = f"Transition id '{chosen}' is not valid for this issue."
        raise Refusal(400, said)
    set_status(box, issue, target, person=request.person)
    return Answer(204)


def set_status(box: Sandbox, issue: Issue, target: str, *, person: str) -> None:
    """Move an issue; the resolution goes with the status."""
    old, new = scheme.STATUSES[issue.status][0], scheme.STATUSES[target][0]
    items = [
        {
            "field": "status",
            "fieldId": "status",
            "from": issue.status,
            "fromString": old,
            "to": target,
            "toString": new,
        }
    ]
    issue.status, issue.resolution = target, scheme.RESOLUTIONS.get(target, "")
    note(box, issue, items, person=person)


@routes.add("GET", f"{ONE}/properties")
def property_keys(box: Sandbox, request: Request) -> Answer:
    issue = box.need_issue(request.names["issue"])
    own = f"{request.base}{V3}/issue/{issue.id}/properties"
    return Answer(200, {"keys": [{"key": key, "self": f"{own}/{key}"} for key in issue.properties]})


@routes.add("GET", f"{ONE}/properties/{{key}}")
def read_property(box: Sandbox, request: Request) -> Answer:
    issue, key = box.need_issue(request.names["issue"]), request.names["key"]
    if key not in issue.properties:
        raise Refusal(404, f"The property {key} was not found.")
    return Answer(200, {"key": key, "value": issue.properties[key]})


@routes.add("PUT", f"{ONE}/properties/{{key}}", writes=True)
def set_property(box: Sandbox, request: Request) -> Answer:
    issue, key = box.writable(request.names["issue"]), request.names["key"]
    known = key in issue.properties
    issue.properties[key] = request.json
    box.index.put(issue)
    return Answer(200 if known else 201, {})
