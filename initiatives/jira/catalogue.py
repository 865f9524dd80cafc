"""What a Jira project offers: issue types by id and level, fields per type, where points go.

Lives here: reading it through the client, keeping it as JSON, and the choices that follow from it.
Does not live here: what a person configured instead (`JiraConnection`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from typing import Any

from initiatives.jira.client import Jira
from initiatives.jira.errors import Gone, NotPermitted, Refused

PERMISSIONS = ("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES")
TEAM_POINTS = "com.pyxis.greenhopper.jira:jsw-story-points"
FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
TEXTAREA = "com.atlassian.jira.plugin.system.customfieldtypes:textarea"
POINT_NAMES = ("story points", "story point estimate")
# What Gateline always sends itself, or Jira fills in.
OURS = frozenset({"project", "issuetype", "summary", "description", "labels", "parent", "reporter"})


class Level(IntEnum):
    """Jira's hierarchy levels."""

    EPIC = 1
    STANDARD = 0
    SUBTASK = -1


@dataclass(frozen=True)
class Field:
    """A field on the create screen of a type. `custom` is empty for Jira's own fields."""

    id: str
    name: str
    required: bool = False
    has_default: bool = False
    type: str = ""
    custom: str = ""

    @property
    def rich(self) -> bool:
        """True when the value is a document."""
        return self.custom == TEXTAREA or self.id in {"description", "environment"}


@dataclass(frozen=True)
class IssueType:
    """An issue type of the project; named by id, the name is for people."""

    id: str
    name: str
    level: int
    fields: tuple[Field, ...] = ()

    def field(self, field_id: str) -> Field | None:
        return next((each for each in self.fields if each.id == field_id), None)


@dataclass(frozen=True)
class Catalogue:
    """Everything a push needs to know about a project, as read at one moment."""

    project_id: str
    project_key: str
    project_name: str
    team_managed: bool = False
    types: tuple[IssueType, ...] = ()
    board: int = 0
    board_points: str = ""
    lacking: tuple[str, ...] = field(default_factory=tuple)

    def type(self, type_id: str) -> IssueType | None:
        return next((each for each in self.types if each.id == type_id), None)

    def at(self, level: int) -> tuple[IssueType, ...]:
        return tuple(each for each in self.types if each.level == level)

    def rich_fields(self) -> frozenset[str]:
        """Custom fields that take documents, for the client's pre-flight check."""
        return frozenset(
            each.id for kind in self.types for each in kind.fields if each.rich and each.custom
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(kept: Mapping[str, Any]) -> Catalogue:
    types = tuple(
        IssueType(**{**each, "fields": tuple(Field(**said) for said in each["fields"])})
        for each in kept["types"]
    )
    return Catalogue(**{**kept, "types": types, "lacking": tuple(kept["lacking"])})


def read(jira: Jira, project: str, *, board: int = 0) -> Catalogue:
    """Ask Jira for everything, some eight calls. Raises a `JiraError`.

    `board` 0 takes the project's first scrum board, or its first board, or none.
    """
    known = jira.project(project)
    held = jira.permissions(project, PERMISSIONS)
    types = [_type(jira, project, each) for each in jira.issue_types(project)]
    chosen, points = _board(jira, project, board)
    return Catalogue(
        project_id=str(known["id"]),
        project_key=str(known["key"]),
        project_name=str(known.get("name") or known["key"]),
        team_managed=bool(known.get("simplified")) or known.get("style") == "next-gen",
        types=tuple(types),
        board=chosen,
        board_points=points,
        lacking=tuple(name for name, has in held.items() if not has),
    )


def _type(jira: Jira, project: str, said: Mapping[str, Any]) -> IssueType:
    fields = [_field(each) for each in jira.type_fields(project, str(said["id"]))]
    level = said.get("hierarchyLevel")
    if level is None:
        level = Level.SUBTASK if said.get("subtask") else Level.STANDARD
    return IssueType(
        id=str(said["id"]), name=str(said.get("name") or ""), level=int(level), fields=tuple(fields)
    )


def _field(said: Mapping[str, Any]) -> Field:
    schema = said.get("schema") or {}
    return Field(
        id=str(said.get("fieldId") or said.get("key") or ""),
        name=str(said.get("name") or ""),
        required=bool(said.get("required")),
        has_default=bool(said.get("hasDefaultValue")),
        type=str(schema.get("type") or ""),
        custom=str(schema.get("custom") or ""),
    )


def _board(jira: Jira, project: str, board: int) -> tuple[int, str]:
    """The board and the field it counts points with; a site without boards has neither."""
    try:
        if not board:
            listed = sorted(jira.boards(project), key=lambda each: (each.kind != "scrum", each.id))
            board = listed[0].id if listed else 0
        return board, jira.board_configuration(board).estimation_field if board else ""
    except (Gone, NotPermitted, Refused):
        return 0, ""


def points_field(catalogue: Catalogue, kind: IssueType) -> str:
    """Where story points go for a type: the board's choice, then by schema, then by name; or empty.

    Empty means that the create screen offers none; `PUT estimation` may still write it.
    """
    if catalogue.board_points and kind.field(catalogue.board_points):
        return catalogue.board_points
    by_schema = [each.id for each in kind.fields if each.custom == TEAM_POINTS]
    named = [each for each in kind.fields if each.name.strip().lower() in POINT_NAMES]
    by_name = [each.id for each in named if each.type == "number" or each.custom == FLOAT]
    return next(iter([*by_schema, *by_name]), "")


def epic_name_field(kind: IssueType) -> str:
    """Epic Name, where an old project still insists on it; else empty."""
    label = "com.pyxis.greenhopper.jira:gh-epic-label"
    return next((each.id for each in kind.fields if each.custom == label and each.required), "")


def unfilled(kind: IssueType, filled: Iterable[str]) -> list[Field]:
    """Required fields of the screen that nothing would fill; the create would be refused."""
    known = OURS | set(filled)
    return [
        each
        for each in kind.fields
        if each.required and not each.has_default and each.id not in known
    ]


def default_type(catalogue: Catalogue, level: int) -> IssueType | None:
    """A first suggestion for a level; a person confirms it and it is kept by id.

    At the standard level a type named Story comes first, then any that is not a bug.
    """
    offered = catalogue.at(level)
    ranked = sorted(offered, key=lambda each: (_rank(each.name.lower()), offered.index(each)))
    return ranked[0] if ranked else None


def _rank(name: str) -> int:
    if "story" in name:
        return 0
    return 2 if "bug" in name else 1
