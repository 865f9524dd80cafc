"""The site and what it offers: account, server, projects, create screens, statuses, permissions."""

from collections.abc import Sequence
from typing import Any

from initiatives.jira.sandbox import scheme, view
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.world import Project, now_text, with_colon

V3 = "/rest/api/3"


@routes.add("GET", f"{V3}/myself")
def myself(_box: Sandbox, request: Request) -> Answer:
    return Answer(200, view.person(request.person, request.base))


@routes.add("GET", f"{V3}/serverInfo")
def server_info(_box: Sandbox, request: Request) -> Answer:
    return Answer(
        200,
        {
            "baseUrl": request.base,
            "displayUrl": request.base,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100_287,
            "serverTime": with_colon(now_text()),
            "serverTitle": "Jira sandbox",
            "serverTimeZone": "Europe/Berlin",
        },
    )


@routes.add("GET", f"{V3}/mypermissions")
def permissions(box: Sandbox, request: Request) -> Answer:
    asked = request.listed("permissions")
    if not asked:
        raise Refusal(400, "The permissions query parameter is required.")
    key = request.query.get("projectKey") or request.query.get("projectId") or ""
    project = box.world.project(key) if key else None
    if key and project is None:
        raise Refusal(404, f"No project could be found with key '{key}'.")
    held = {
        name: {
            "id": str(number),
            "key": name,
            "name": name.replace("_", " ").capitalize(),
            "type": "PROJECT",
            "havePermission": not (project and project.archived),
        }
        for number, name in enumerate(asked, start=10)
    }
    return Answer(200, {"permissions": held})


@routes.add("GET", f"{V3}/project/search")
def projects(box: Sandbox, request: Request) -> Answer:
    shown = [each for each in box.world.projects.values() if not each.hidden]
    return Answer(
        200, _page([view.project(each, request.base) for each in shown], request, "values")
    )


@routes.add("GET", f"{V3}/project/{{project}}")
def project(box: Sandbox, request: Request) -> Answer:
    known = _project(box, request.names["project"])
    types = [view.issue_type(number, request.base) for number in scheme.TYPES]
    archived = {"archived": True} if known.archived else {}
    return Answer(200, {**view.project(known, request.base), "issueTypes": types, **archived})


@routes.add("GET", f"{V3}/project/{{project}}/statuses")
def project_statuses(box: Sandbox, request: Request) -> Answer:
    _project(box, request.names["project"])
    listed = [view.status(number, request.base) for number in scheme.STATUSES]
    return Answer(
        200,
        [
            {
                "self": f"{request.base}{V3}/issuetype/{number}",
                "id": number,
                "name": known["name"],
                "subtask": known["subtask"],
                "statuses": listed,
            }
            for number, known in scheme.TYPES.items()
        ],
    )


def _project(box: Sandbox, name: str) -> Project:
    known = box.world.project(name)
    if known is None:
        raise Refusal(404, f"No project could be found with key '{name}'.")
    return known


def _page(items: Sequence[Any], request: Request, name: str) -> dict[str, Any]:
    start, size = request.number("startAt", 0), min(request.number("maxResults", 50), 200)
    shown = list(items[start : start + size])
    return {"startAt": start, "maxResults": size, "total": len(items), name: shown}


@routes.add("GET", f"{V3}/issue/createmeta/{{project}}/issuetypes")
def issue_types(box: Sandbox, request: Request) -> Answer:
    _createmeta_project(box, request)
    listed = [view.issue_type(number, request.base) for number in scheme.TYPES]
    return Answer(200, _page(listed, request, "issueTypes"))


@routes.add("GET", f"{V3}/issue/createmeta/{{project}}/issuetypes/{{type}}")
def type_fields(box: Sandbox, request: Request) -> Answer:
    known, number = _createmeta_project(box, request), request.names["type"]
    if number not in scheme.TYPES:
        raise Refusal(400, f"The issue type with id '{number}' does not exist.")
    names = scheme.screen(number, team_managed=known.team_managed)
    listed = [_field(name, number, known, request.base) for name in names]
    return Answer(200, _page(listed, request, "fields"))


def _createmeta_project(box: Sandbox, request: Request) -> Project:
    known = box.world.project(request.names["project"])
    if known is None:
        raise Refusal(400, "No project could be found with the given id or key.")
    return known


def _field(name: str, type_id: str, known: Project, base: str) -> dict[str, Any]:
    label, schema = scheme.FIELDS[name]
    said: dict[str, Any] = {
        "fieldId": name,
        "key": name,
        "name": label,
        "required": name in scheme.required(type_id),
        "hasDefaultValue": name == "priority",
        "operations": ["add", "set", "remove"] if schema["type"] == "array" else ["set"],
        "schema": schema,
    }
    allowed = {
        "project": [view.project(known, base)],
        "issuetype": [view.issue_type(type_id, base)],
        "priority": [{"id": number, "name": text} for number, text in scheme.PRIORITIES.items()],
    }
    return {**said, "allowedValues": allowed[name]} if name in allowed else said


@routes.add("GET", f"{V3}/field")
def fields(_box: Sandbox, _request: Request) -> Answer:
    return Answer(
        200,
        [
            {"id": name, "key": name, "name": label, "custom": "custom" in schema, "schema": schema}
            for name, (label, schema) in scheme.FIELDS.items()
        ],
    )


@routes.add("GET", f"{V3}/status")
def statuses(_box: Sandbox, request: Request) -> Answer:
    return Answer(200, [view.status(number, request.base) for number in scheme.STATUSES])


@routes.add("GET", f"{V3}/issueLinkType")
def link_types(_box: Sandbox, request: Request) -> Answer:
    return Answer(200, {"issueLinkTypes": [view.link_type(request.base)]})
