"""How the world looks in Jira's answers. Only the fields that were asked for are shown."""

from typing import Any

from initiatives.jira.sandbox import scheme
from initiatives.jira.sandbox.world import Issue, Project, World

V3 = "/rest/api/3"
BASIC = {"*all", "*navigable"}


def person(account: str, base: str) -> dict[str, Any]:
    known = scheme.PEOPLE[account]
    return {
        "self": f"{base}{V3}/user?accountId={account}",
        "accountId": account,
        "accountType": "atlassian",
        "displayName": known["name"],
        "active": True,
        "timeZone": known["zone"],
    }


def status(number: str, base: str) -> dict[str, Any]:
    name, category = scheme.STATUSES[number]
    known = scheme.CATEGORIES[category]
    return {
        "self": f"{base}{V3}/status/{number}",
        "id": number,
        "name": name,
        "description": "",
        "iconUrl": f"{base}/icon.png",
        "statusCategory": {**known, "self": f"{base}{V3}/statuscategory/{known['id']}"},
    }


def issue_type(number: str, base: str) -> dict[str, Any]:
    return {
        "self": f"{base}{V3}/issuetype/{number}",
        "id": number,
        "description": scheme.DESCRIPTIONS[number],
        "iconUrl": f"{base}/icon.png",
        **scheme.TYPES[number],
    }


def project(known: Project, base: str) -> dict[str, Any]:
    return {
        "self": f"{base}{V3}/project/{known.id}",
        "id": known.id,
        "key": known.key,
        "name": known.name,
        "projectTypeKey": "software",
        "simplified": known.team_managed,
        "style": "next-gen" if known.team_managed else "classic",
    }


def created(issue: Issue, base: str) -> dict[str, Any]:
    return {"id": issue.id, "key": issue.key, "self": f"{base}{V3}/issue/{issue.id}"}


def transition(number: str, base: str, *, with_fields: bool) -> dict[str, Any]:
    name, target = scheme.TRANSITIONS[number]
    said: dict[str, Any] = {
        "id": number,
        "name": name,
        "to": status(target, base),
        "hasScreen": False,
        "isGlobal": True,
        "isInitial": False,
        "isAvailable": True,
        "isConditional": False,
    }
    return {**said, "fields": {}} if with_fields else said


def issue(
    world: World, known: Issue, asked: list[str], base: str, properties: list[str]
) -> dict[str, Any]:
    shown = _fields(world, known, base)
    everything = bool(BASIC & set(asked))
    unwanted = {name[1:] for name in asked if name.startswith("-")}
    fields = {
        name: each
        for name, each in shown.items()
        if (everything or name in asked) and name not in unwanted
    }
    said: dict[str, Any] = {**created(known, base), "expand": "names,schema", "fields": fields}
    if properties:
        wanted = known.properties if "*all" in properties else properties
        said["properties"] = {
            key: known.properties[key] for key in wanted if key in known.properties
        }
    return said


def _fields(world: World, known: Issue, base: str) -> dict[str, Any]:
    kept = {key: each for key, each in known.fields.items() if key != "parent"}
    above = world.issues.get(known.fields.get("parent", {}).get("id", ""))
    return {
        "description": None,
        "labels": [],
        "assignee": None,
        **kept,
        **({"parent": _brief(above, base)} if above else {}),
        "project": project(world.projects[known.project], base),
        "issuetype": issue_type(known.type, base),
        "status": status(known.status, base),
        "priority": _priority(known, base),
        "resolution": {"name": known.resolution} if known.resolution else None,
        "creator": person(known.creator, base),
        "created": known.created,
        "updated": known.updated,
        "subtasks": [
            _brief(each, base)
            for each in world.children(known)
            if scheme.TYPES[each.type]["subtask"]
        ],
        "issuelinks": [_link(world, each, known, base) for each in _links(world, known)],
        scheme.SPRINT: [world.sprints[known.sprint]] if known.sprint in world.sprints else None,
    }


def _priority(known: Issue, base: str) -> dict[str, Any]:
    chosen = known.fields.get("priority") or {"id": "3"}
    by_name = {name: number for number, name in scheme.PRIORITIES.items()}
    number = chosen.get("id") or by_name[chosen["name"]]
    own = f"{base}{V3}/priority/{number}"
    return {"self": own, "id": number, "name": scheme.PRIORITIES[number]}


def _brief(known: Issue, base: str) -> dict[str, Any]:
    fields = {
        "summary": known.fields.get("summary"),
        "status": status(known.status, base),
        "issuetype": issue_type(known.type, base),
    }
    return {**created(known, base), "fields": fields}


def _links(world: World, known: Issue) -> list[dict[str, Any]]:
    return [each for each in world.links if known.id in {each["inward"], each["outward"]}]


def _link(world: World, said: dict[str, Any], known: Issue, base: str) -> dict[str, Any]:
    """The issue sent as `inwardIssue` reads “blocks” and shows the other as its outward issue."""
    side, other = (
        ("outwardIssue", "outward") if said["inward"] == known.id else ("inwardIssue", "inward")
    )
    return {
        "id": said["id"],
        "type": link_type(base),
        side: _brief(world.issues[said[other]], base),
    }


def link_type(base: str) -> dict[str, Any]:
    own = f"{base}{V3}/issueLinkType/10000"
    names = {"name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
    return {"id": "10000", **names, "self": own}
