"""The strict checks of a create or edit, with the messages Jira gives."""

import re
from typing import Any

from initiatives.jira.sandbox import document, scheme
from initiatives.jira.sandbox.exchange import Refusal
from initiatives.jira.sandbox.world import Issue, Project, World

LIMIT = 32_767
NOT_A_DOCUMENT = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
OFF_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def new_issue(world: World, body: Any) -> tuple[Project, str, dict[str, Any]]:
    """Check a create; returns project, type and the fields to keep. Raises `Refusal` (400)."""
    fields = body.get("fields") if isinstance(body, dict) else None
    if not isinstance(fields, dict):
        raise Refusal(400, "The request has no fields.")
    project = _project(world, fields.get("project"))
    type_id = _type(fields.get("issuetype"))
    screen = scheme.screen(type_id, team_managed=project.team_managed)
    problems = {name: f"{_name(name)} is required." for name in _absent(type_id, fields)}
    problems |= _problems(world, fields, screen)
    problems |= _parent_problems(world, type_id, fields.get("parent"))
    if problems:
        raise Refusal(400, **problems)
    kept = {key: each for key, each in fields.items() if key not in {"project", "issuetype"}}
    return project, type_id, _with_parent_id(world, kept)


def edit(world: World, issue: Issue, body: Any) -> dict[str, Any]:
    """Check an edit; returns the new values of the changed fields. Raises `Refusal` (400)."""
    if not isinstance(body, dict) or not (body.get("fields") or body.get("update")):
        raise Refusal(400, "one of 'fields' or 'update' required")
    if "transition" in body:
        raise Refusal(400, "A transition cannot be part of an edit.")
    fields, update = body.get("fields") or {}, body.get("update") or {}
    doubled = set(fields) & set(update)
    if doubled:
        said = dict.fromkeys(doubled, "Field has been set in both 'fields' and 'update'.")
        raise Refusal(400, **said)
    fresh = {**fields, **{name: _updated(issue, name, verbs) for name, verbs in update.items()}}
    screen = scheme.screen(issue.type, team_managed=world.projects[issue.project].team_managed)
    problems = _problems(world, fresh, [*screen, "parent"])
    if "parent" in fresh:
        problems |= _parent_problems(world, issue.type, fresh["parent"])
    if problems:
        raise Refusal(400, **problems)
    return _with_parent_id(world, fresh)


def _project(world: World, named: Any) -> Project:
    wanted = (named or {}).get("id") or (named or {}).get("key") if isinstance(named, dict) else ""
    project = world.project(str(wanted)) if wanted else None
    if project is None:
        raise Refusal(400, project="valid project is required")
    if project.archived:
        raise Refusal(400, project="The project is archived and cannot be changed.")
    return project


def _type(named: Any) -> str:
    named = named if isinstance(named, dict) else {}
    by_name = {each["name"]: type_id for type_id, each in scheme.TYPES.items()}
    found = named.get("id") or by_name.get(str(named.get("name")), "")
    if found not in scheme.TYPES:
        raise Refusal(400, issuetype="Specify a valid issue type")
    return str(found)


def _absent(type_id: str, fields: dict[str, Any]) -> set[str]:
    return {name for name in scheme.required(type_id) if not fields.get(name)}


def _name(field: str) -> str:
    return scheme.FIELDS[field][0] if field in scheme.FIELDS else field


def _problems(world: World, fields: dict[str, Any], screen: list[str]) -> dict[str, str]:
    found = {}
    for name, value in fields.items():
        if name in scheme.READ_ONLY or name not in screen:
            found[name] = OFF_SCREEN.format(name)
        elif said := _problem(world, name, value):
            found[name] = said
    return found


def _problem(_world: World, name: str, value: Any) -> str:
    if name in scheme.DOCUMENTS:
        return _document_problem(value)
    check = {"summary": _summary_problem, "labels": _labels_problem, "priority": _priority_problem}
    if name in check:
        return check[name](value)
    if name in {scheme.POINTS, scheme.TEAM_POINTS}:
        good = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
        return "" if good else "Operation value must be a number"
    if name == "duedate" and value is not None and not DATE.fullmatch(str(value)):
        return "Error parsing date string: use yyyy-MM-dd."
    return ""


def _document_problem(value: Any) -> str:
    if value is None:
        return ""
    if not document.is_document(value):
        return NOT_A_DOCUMENT
    too_long = len(document.as_text(value)) > LIMIT
    return (
        f"The entered text is too long. It exceeds the allowed limit of {LIMIT} characters."
        * too_long
    )


def _summary_problem(value: Any) -> str:
    if not isinstance(value, str):
        return "Operation value must be a string"
    if not value.strip():
        return "You must specify a summary of the issue."
    if "\n" in value or "\r" in value:
        return "The summary is invalid because it contains newline characters."
    return "Summary can't exceed 255 characters." * (len(value) > 255)


def _labels_problem(value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return "Operation value must be an array of strings"
    for each in value:
        if not each or any(char.isspace() for char in each):
            return f"The label '{each}' contains spaces which is invalid."
        if len(each) > 255:
            return f"The label '{each[:20]}…' exceeds the limit of 255 characters."
    return ""


def _priority_problem(value: Any) -> str:
    chosen = value if isinstance(value, dict) else {}
    known = chosen.get("id") in scheme.PRIORITIES or chosen.get("name") in set(
        scheme.PRIORITIES.values()
    )
    return "" if known else "Specify the Priority (id or name) in the string format"


def _parent_problems(world: World, type_id: str, named: Any) -> dict[str, str]:
    if not named:
        return {}
    parent = _parent(world, named)
    if parent is None:
        return {"parent": "Could not find issue by id or key."}
    above = scheme.TYPES[parent.type]["hierarchyLevel"]
    own = scheme.TYPES[type_id]["hierarchyLevel"]
    if above != own + 1:
        return {"parentId": "Given parent work item does not belong to appropriate hierarchy."}
    return {}


def _parent(world: World, named: Any) -> Issue | None:
    wanted = named.get("id") or named.get("key") if isinstance(named, dict) else None
    return world.issue(str(wanted)) if wanted else None


def _with_parent_id(world: World, fields: dict[str, Any]) -> dict[str, Any]:
    parent = _parent(world, fields.get("parent"))
    if parent is None:
        return fields
    return {**fields, "parent": {"id": parent.id}}


def _updated(issue: Issue, name: str, verbs: Any) -> Any:
    """The value after the verbs of an `update`: set replaces, add and remove touch one element."""
    if not isinstance(verbs, list) or not all(isinstance(each, dict) for each in verbs):
        raise Refusal(400, **{name: "Operation must be an array of verbs."})
    value = issue.fields.get(name)
    for verb in verbs:
        for word, operand in verb.items():
            value = _apply(name, value, word, operand)
    return value


def _apply(name: str, value: Any, word: str, operand: Any) -> Any:
    if word == "set":
        return operand
    if name != "labels" or word not in {"add", "remove"}:
        raise Refusal(400, **{name: f"Field does not support update operation '{word}'"})
    kept = [each for each in value or [] if each != operand]
    return [*kept, operand] if word == "add" else kept
