"""The control interface under `/__sandbox__/`: faults, log, counters, issues, webhooks, reset.

Not part of Jira, never used by Gateline itself; tests and the demo switch things here.
"""

from collections.abc import Callable
from typing import Any

from initiatives.jira.sandbox import faults, issues, scheme
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.world import Issue, Project, dump

HERE = "/__sandbox__"


@routes.add("GET", f"{HERE}/health")
def health(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, {"ok": True, "issues": len(box.world.issues)})


@routes.add("GET", f"{HERE}/faults")
def list_faults(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, [vars(rule) for rule in box.rules])


@routes.add("POST", f"{HERE}/faults")
def add_faults(box: Sandbox, request: Request) -> Answer:
    said = request.json
    try:
        fresh = [faults.rule(each) for each in (said if isinstance(said, list) else [said])]
    except (ValueError, TypeError, AttributeError) as error:
        raise Refusal(400, str(error)) from None
    box.rules.extend(fresh)
    return Answer(201, [vars(rule) for rule in fresh])


@routes.add("DELETE", f"{HERE}/faults")
def clear_faults(box: Sandbox, _request: Request) -> Answer:
    box.rules.clear()
    box.index.flicker = False
    box.index.lag = 0.0
    return Answer(204)


@routes.add("GET", f"{HERE}/requests")
def request_log(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, list(box.log))


@routes.add("DELETE", f"{HERE}/requests")
def clear_log(box: Sandbox, _request: Request) -> Answer:
    box.log.clear()
    box.counters.clear()
    return Answer(204)


@routes.add("GET", f"{HERE}/counters")
def counters(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, dict(box.counters))


@routes.add("GET", f"{HERE}/world")
def whole_world(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, dump(box.world))


@routes.add("POST", f"{HERE}/reset", writes=True)
def reset(box: Sandbox, _request: Request) -> Answer:
    box.reset()
    return Answer(204)


@routes.add("POST", f"{HERE}/index")
def set_index(box: Sandbox, request: Request) -> Answer:
    """Body: `{"lag": seconds, "flicker": true}`."""
    box.index.lag = float(request.json.get("lag", box.index.lag))
    box.index.flicker = bool(request.json.get("flicker", box.index.flicker))
    return Answer(200, {"lag": box.index.lag, "flicker": box.index.flicker})


@routes.add("POST", f"{HERE}/webhooks")
def set_webhooks(box: Sandbox, request: Request) -> Answer:
    """`{"url": …, "secret": …, "double": true, "reverse": true, "lose": 3}`; empty url is off."""
    settings = box.hooks.settings
    for name, value in request.json.items():
        if not hasattr(settings, name):
            raise Refusal(400, f"There is no webhook setting “{name}”.")
        setattr(settings, name, value)
    return Answer(200, {**vars(settings), "secret": bool(settings.secret)})


@routes.add("GET", f"{HERE}/webhooks")
def sent_webhooks(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, box.hooks.sent)


@routes.add("POST", f"{HERE}/projects", writes=True)
def add_project(box: Sandbox, request: Request) -> Answer:
    """Body: `{"key": …, "name": …, "team_managed": false, "archived": false, "hidden": false}`."""
    said = request.json
    known = next((p for p in box.world.projects.values() if p.key == said["key"]), None)
    made = known or box.world.add_project(
        said["key"], said.get("name", said["key"]), team_managed=bool(said.get("team_managed"))
    )
    for name in ("name", "archived", "hidden"):
        setattr(made, name, said.get(name, getattr(made, name)))
    return Answer(200, vars(made))


@routes.add("GET", f"{HERE}/issues")
def list_issues(box: Sandbox, _request: Request) -> Answer:
    return Answer(200, [_shown(box, each) for each in box.world.issues.values()])


def _shown(box: Sandbox, issue: Issue) -> dict[str, Any]:
    above = box.world.issues.get(issue.fields.get("parent", {}).get("id", ""))
    return {
        "id": issue.id,
        "key": issue.key,
        "project": box.world.projects[issue.project].key,
        "type": scheme.TYPES[issue.type]["name"],
        "summary": issue.fields.get("summary"),
        "status": scheme.STATUSES[issue.status][0],
        "labels": issue.fields.get("labels") or [],
        "points": issue.fields.get(scheme.POINTS) or issue.fields.get(scheme.TEAM_POINTS),
        "parent": above.key if above else None,
        "properties": issue.properties,
        "comments": len(issue.comments),
        "remote_links": issue.remote_links,
        "updated": issue.updated,
        "sprint": issue.sprint,
    }


@routes.add("POST", f"{HERE}/issues/{{issue}}/{{verb}}", writes=True)
def act(box: Sandbox, request: Request) -> Answer:
    """Act as somebody else: status, fields, move, delete, archive. Answers with the issue."""
    issue = box.need_issue(request.names["issue"])
    verb = VERBS.get(request.names["verb"])
    if verb is None:
        raise Refusal(404, f"Known verbs: {', '.join(VERBS)}.")
    verb(box, issue, request.json)
    return Answer(200, _shown(box, issue))


def status_named(text: str) -> str:
    """The status id for an id or a name."""
    by_name = {name.lower(): number for number, (name, _) in scheme.STATUSES.items()}
    found = text if text in scheme.STATUSES else by_name.get(text.lower(), "")
    if not found:
        raise Refusal(
            400, f"Known statuses: {', '.join(name for name, _ in scheme.STATUSES.values())}."
        )
    return found


def _status(box: Sandbox, issue: Issue, said: Any) -> None:
    target = status_named(str(said.get("status", "")))
    if target != issue.status:
        issues.set_status(box, issue, target, person=scheme.SOMEBODY)


def _fields(box: Sandbox, issue: Issue, said: Any) -> None:
    issues.change(box, issue, dict(said), person=scheme.SOMEBODY)


def _move(box: Sandbox, issue: Issue, said: Any) -> None:
    """To another project: key, project and status change at once, the id stays."""
    target = _target(box, str(said.get("project", "")))
    issue.old_keys.append(issue.key)
    issue.project, issue.key = target.id, box.world.new_key(target)
    issue.status, issue.resolution = scheme.FIRST_STATUS, ""
    items = [{"field": "Key", "fromString": issue.old_keys[-1], "toString": issue.key}]
    issues.note(box, issue, items, person=scheme.SOMEBODY)


def _target(box: Sandbox, name: str) -> Project:
    target = box.world.project(name)
    if target is None:
        raise Refusal(400, f"There is no project “{name}”.")
    return target


def _delete(box: Sandbox, issue: Issue, _said: Any) -> None:
    issues.remove(box, [issue, *box.world.children(issue)], person=scheme.SOMEBODY)


def _archive(box: Sandbox, issue: Issue, said: Any) -> None:
    issue.archived = bool(said.get("archived", True))
    box.index.put(issue)


VERBS: dict[str, Callable[[Sandbox, Issue, Any], None]] = {
    "status": _status,
    "fields": _fields,
    "move": _move,
    "delete": _delete,
    "archive": _archive,
}
