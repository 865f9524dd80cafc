"""What every project of the sandbox has in common: types, statuses, steps, fields and people."""

from typing import Any

EPIC, STORY, TASK, SUBTASK, BUG = "10000", "10001", "10002", "10003", "10004"
TYPES: dict[str, dict[str, Any]] = {
    EPIC: {"name": "Epic", "hierarchyLevel": 1, "subtask": False},
    STORY: {"name": "Story", "hierarchyLevel": 0, "subtask": False},
    TASK: {"name": "Task", "hierarchyLevel": 0, "subtask": False},
    BUG: {"name": "Bug", "hierarchyLevel": 0, "subtask": False},
    SUBTASK: {"name": "Sub-task", "hierarchyLevel": -1, "subtask": True},
}
DESCRIPTIONS = {
    EPIC: "A big piece of work made of stories, tasks and bugs.",
    STORY: "Functionality expressed as a user goal.",
    TASK: "A small, distinct piece of work.",
    BUG: "A problem or error.",
    SUBTASK: "A part of a larger piece of work.",
}

CATEGORIES: dict[str, dict[str, Any]] = {
    "new": {"id": 2, "key": "new", "colorName": "blue-gray", "name": "To Do"},
    "indeterminate": {
        "id": 4,
        "key": "indeterminate",
        "colorName": "yellow",
        "name": "In Progress",
    },
    "done": {"id": 3, "key": "done", "colorName": "green", "name": "Done"},
}
STATUSES: dict[str, tuple[str, str]] = {
    "10000": ("To Do", "new"),
    "3": ("In Progress", "indeterminate"),
    "10005": ("In Review", "indeterminate"),
    "10001": ("Done", "done"),
    "10006": ("Won't Do", "done"),
}
FIRST_STATUS = "10000"
# Transition id to name and target; all are global, as in Jira's own simple workflow.
TRANSITIONS: dict[str, tuple[str, str]] = {
    "11": ("To Do", "10000"),
    "21": ("Start work", "3"),
    "31": ("Ask for review", "10005"),
    "41": ("Finish", "10001"),
    "51": ("Close unfinished", "10006"),
}
RESOLUTIONS = {"10001": "Done", "10006": "Won't Do"}
PRIORITIES = {"1": "Highest", "2": "High", "3": "Medium", "4": "Low", "5": "Lowest"}

POINTS, TEAM_POINTS, CRITERIA, EPIC_NAME, SPRINT = (
    "customfield_10026",
    "customfield_10016",
    "customfield_10050",
    "customfield_10011",
    "customfield_10020",
)


def _custom(field: str, kind: str, custom: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "custom": custom, "customId": int(field.rpartition("_")[2]), **more}


JIRA_FIELDS = "com.atlassian.jira.plugin.system.customfieldtypes"
GREENHOPPER = "com.pyxis.greenhopper.jira"
FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "project": ("Project", {"type": "project", "system": "project"}),
    "issuetype": ("Issue Type", {"type": "issuetype", "system": "issuetype"}),
    "summary": ("Summary", {"type": "string", "system": "summary"}),
    "description": ("Description", {"type": "string", "system": "description"}),
    "environment": ("Environment", {"type": "string", "system": "environment"}),
    "labels": ("Labels", {"type": "array", "items": "string", "system": "labels"}),
    "priority": ("Priority", {"type": "priority", "system": "priority"}),
    "assignee": ("Assignee", {"type": "user", "system": "assignee"}),
    "duedate": ("Due date", {"type": "date", "system": "duedate"}),
    "parent": ("Parent", {"type": "issuelink", "system": "parent"}),
    POINTS: ("Story Points", _custom(POINTS, "number", f"{JIRA_FIELDS}:float")),
    TEAM_POINTS: (
        "Story point estimate",
        _custom(TEAM_POINTS, "number", f"{GREENHOPPER}:jsw-story-points"),
    ),
    CRITERIA: ("Acceptance criteria", _custom(CRITERIA, "string", f"{JIRA_FIELDS}:textarea")),
    EPIC_NAME: ("Epic Name", _custom(EPIC_NAME, "string", f"{GREENHOPPER}:gh-epic-label")),
    SPRINT: ("Sprint", _custom(SPRINT, "array", f"{GREENHOPPER}:gh-sprint", items="json")),
}
DOCUMENTS = frozenset({"description", "environment", CRITERIA})
READ_ONLY = frozenset(
    {"status", "key", "id", "created", "updated", "creator", "resolutiondate", "statusCategory"}
    | {"issuelinks", "subtasks", "comment", "attachment", "votes", "watches", "lastViewed"}
)

_COMMON = ["project", "issuetype", "summary", "description", "labels", "priority", "assignee"]
_COMMON += ["duedate"]


def screen(type_id: str, *, team_managed: bool) -> list[str]:
    """The fields on the create screen of a type; a field that is not here fails a create."""
    points = TEAM_POINTS if team_managed else POINTS
    if type_id == EPIC:
        return [*_COMMON, *([] if team_managed else [EPIC_NAME])]
    if type_id == SUBTASK:
        return [*_COMMON, "parent"]
    return [*_COMMON, "parent", points, CRITERIA, "environment"]


def required(type_id: str) -> set[str]:
    wanted = {"project", "issuetype", "summary"}
    return wanted | {"parent"} if type_id == SUBTASK else wanted


PEOPLE: dict[str, dict[str, Any]] = {
    "5b10a2844c20165700ede21g": {"name": "Gateline", "zone": "Europe/Berlin"},
    "5b10ac8d82e05b22cc7d4ef5": {"name": "Robin Vale", "zone": "Europe/Berlin"},
    "5b109f2e9729b51b54dc274d": {"name": "Sasha Oduya", "zone": "America/Denver"},
}
OURS, SOMEBODY = "5b10a2844c20165700ede21g", "5b10ac8d82e05b22cc7d4ef5"
