"""Boards, sprints and estimates. Each project has one scrum board whose number is the project's."""

from typing import Any

from initiatives.jira.sandbox import issues, scheme
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.world import Project

AGILE = "/rest/agile/1.0"
STATES = {"future", "active", "closed"}


@routes.add("GET", f"{AGILE}/board")
def boards(box: Sandbox, request: Request) -> Answer:
    wanted = request.query.get("projectKeyOrId")
    if wanted and box.world.project(wanted) is None:
        raise Refusal(400, f"No project could be found with key or id '{wanted}'.")
    listed = [
        {
            "id": box.world.board(each),
            "self": f"{request.base}{AGILE}/board/{each.id}",
            "name": f"{each.key} board",
            "type": "scrum",
        }
        for each in box.world.projects.values()
        if not each.hidden and (not wanted or wanted in {each.id, each.key})
    ]
    return _page(listed, request)


@routes.add("GET", f"{AGILE}/board/{{board}}/configuration")
def configuration(box: Sandbox, request: Request) -> Answer:
    known = _project(box, request)
    field = scheme.TEAM_POINTS if known.team_managed else scheme.POINTS
    columns = [
        {
            "name": name,
            "statuses": [{"id": number, "self": f"{request.base}/rest/api/3/status/{number}"}],
        }
        for number, (name, _) in scheme.STATUSES.items()
    ]
    return Answer(
        200,
        {
            "id": box.world.board(known),
            "name": f"{known.key} board",
            "type": "scrum",
            "self": f"{request.base}{AGILE}/board/{known.id}/configuration",
            "columnConfig": {"columns": columns, "constraintType": "none"},
            "estimation": {
                "type": "field",
                "field": {"fieldId": field, "displayName": scheme.FIELDS[field][0]},
            },
        },
    )


@routes.add("GET", f"{AGILE}/board/{{board}}/sprint")
def sprints(box: Sandbox, request: Request) -> Answer:
    known = _project(box, request)
    states = set(request.listed("state")) or STATES
    listed = [
        each
        for each in box.world.sprints.values()
        if each["originBoardId"] == box.world.board(known) and each["state"] in states
    ]
    return _page(listed, request)


@routes.add("POST", f"{AGILE}/sprint", writes=True)
def create_sprint(box: Sandbox, request: Request) -> Answer:
    said = request.json
    name, board = str(said.get("name") or ""), said.get("originBoardId")
    if not 1 <= len(name) <= 30:
        raise Refusal(400, name="The sprint name must be between 1 and 30 characters.")
    if not isinstance(board, int) or str(board) not in box.world.projects:
        raise Refusal(404, "The board does not exist or you do not have permission to view it.")
    number = box.world.next_id()
    own = f"{request.base}{AGILE}/sprint/{number}"
    made: dict[str, Any] = {"id": number, "self": own, "state": "future", "name": name}
    for key in ("goal", "startDate", "endDate"):
        if said.get(key):
            made[key] = said[key]
    box.world.sprints[number] = {**made, "originBoardId": board}
    return Answer(201, box.world.sprints[number])


@routes.add("POST", f"{AGILE}/sprint/{{sprint}}/issue", writes=True)
def move_to_sprint(box: Sandbox, request: Request) -> Answer:
    number = int(request.names["sprint"]) if request.names["sprint"].isdecimal() else 0
    named = request.json.get("issues") or []
    if number not in box.world.sprints:
        raise Refusal(404, "Sprint does not exist.")
    if not 1 <= len(named) <= 50:
        raise Refusal(400, "The number of issues must be between 1 and 50.")
    if box.world.sprints[number]["state"] == "closed":
        raise Refusal(400, "Issues cannot be moved into a closed sprint.")
    for issue in [box.writable(str(each)) for each in named]:
        issue.sprint = number
        items = [{"field": "Sprint", "fieldId": scheme.SPRINT, "to": str(number)}]
        issues.note(box, issue, items, person=request.person)
    return Answer(204)


@routes.add("PUT", f"{AGILE}/issue/{{issue}}/estimation", writes=True)
def estimate(box: Sandbox, request: Request) -> Answer:
    """Writes the field the board counts, also where no screen shows it."""
    issue = box.writable(request.names["issue"])
    board = request.query.get("boardId", "")
    if board not in box.world.projects:
        raise Refusal(400, "The board id is required.")
    text = str(request.json.get("value") or "")
    try:
        points = float(text) if text else None
    except ValueError:
        raise Refusal(400, value="The estimate must be a number.") from None
    field = scheme.TEAM_POINTS if box.world.projects[board].team_managed else scheme.POINTS
    issues.change(box, issue, {field: points}, person=request.person)
    return Answer(200, {"fieldId": field, "value": points})


def _project(box: Sandbox, request: Request) -> Project:
    known = box.world.projects.get(request.names["board"])
    if known is None or known.hidden:
        raise Refusal(404, "The board does not exist or you do not have permission to view it.")
    return known


def _page(listed: list[dict[str, Any]], request: Request) -> Answer:
    start, size = request.number("startAt", 0), request.number("maxResults", 50)
    shown = listed[start : start + size]
    last = start + size >= len(listed)
    page = {"startAt": start, "maxResults": size, "total": len(listed), "isLast": last}
    return Answer(200, {**page, "values": shown})
