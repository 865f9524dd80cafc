"""What the sandbox remembers: projects, issues, boards, sprints; and how it is kept on disk.

A state file is written to a temporary name and renamed, before the answer leaves: what a caller
was told is there after a restart.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from initiatives.jira.sandbox import scheme


def now_text() -> str:
    """A moment as Jira writes it."""
    moment = datetime.now(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"


def with_colon(moment: str) -> str:
    """The same moment as the published contract wants it outside of issue fields."""
    return f"{moment[:-2]}:{moment[-2:]}"


@dataclass
class Project:
    id: str
    key: str
    name: str
    team_managed: bool = False
    archived: bool = False
    hidden: bool = False
    last_number: int = 0


@dataclass
class Issue:
    """`fields` holds what was written, `status` apart because only a transition sets it."""

    id: str
    key: str
    project: str
    type: str
    fields: dict[str, Any] = field(default_factory=dict)
    status: str = scheme.FIRST_STATUS
    resolution: str = ""
    created: str = field(default_factory=now_text)
    updated: str = field(default_factory=now_text)
    creator: str = scheme.OURS
    sprint: int = 0
    archived: bool = False
    properties: dict[str, Any] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    remote_links: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    old_keys: list[str] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class World:
    """Everything; `last_id` numbers issues, comments, links and sprints alike."""

    projects: dict[str, Project] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)
    sprints: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_id: int = 10000

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def project(self, name: str) -> Project | None:
        """By key or id; a hidden project is not there for anybody who asks."""
        for each in self.projects.values():
            if name in {each.id, each.key}:
                return None if each.hidden else each
        return None

    def add_project(self, key: str, name: str, *, team_managed: bool = False) -> Project:
        known = self.project(key)
        if known:
            return known
        made = Project(id=str(self.next_id()), key=key, name=name, team_managed=team_managed)
        self.projects[made.id] = made
        return made

    def issue(self, name: str) -> Issue | None:
        """By id, key, or a key from before a move; hidden with its project."""
        found = self.issues.get(name) or next(
            (each for each in self.issues.values() if name == each.key or name in each.old_keys),
            None,
        )
        return found if found and not self.projects[found.project].hidden else None

    def new_key(self, project: Project) -> str:
        project.last_number += 1
        return f"{project.key}-{project.last_number}"

    def children(self, issue: Issue) -> list[Issue]:
        return [
            each
            for each in self.issues.values()
            if each.fields.get("parent", {}).get("id") == issue.id
        ]

    def board(self, project: Project) -> int:
        """Each project has one scrum board with a stable number."""
        return int(project.id)


def dump(world: World) -> dict[str, Any]:
    return asdict(world)


def restore(state: dict[str, Any]) -> World:
    return World(
        projects={key: Project(**each) for key, each in state["projects"].items()},
        issues={key: Issue(**each) for key, each in state["issues"].items()},
        links=state["links"],
        sprints={int(key): each for key, each in state["sprints"].items()},
        last_id=state["last_id"],
    )


class Store:
    """The state file in a folder; without a folder nothing outlives the process."""

    def __init__(self, folder: Path | None) -> None:
        self.file = folder / "jira-sandbox.json" if folder else None
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def load(self) -> World | None:
        if not self.file or not self.file.exists():
            return None
        return restore(json.loads(self.file.read_text("utf-8")))

    def save(self, world: World) -> None:
        if not self.file:
            return
        fresh = self.file.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            json.dump(dump(world), out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.file)
