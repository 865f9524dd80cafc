"""A few issues of other people, so that a fresh board looks like a place where work happens."""

from initiatives.jira.sandbox import issues, scheme
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.world import Issue, Project

WORK = (
    (scheme.TASK, "Rotate the certificates of the staging cluster", "10001"),
    (scheme.BUG, "Receipts show the wrong time zone in Lisbon", "3"),
    (scheme.TASK, "Upgrade the build runners", "10000"),
)


def fill(box: Sandbox) -> None:
    """Idempotent: a project that has issues is left alone."""
    with box.lock:
        used = {issue.project for issue in box.world.issues.values()}
        for project in box.world.projects.values():
            if project.id not in used:
                _fill(box, project)
        box.store.save(box.world)


def _fill(box: Sandbox, project: Project) -> None:
    for type_id, summary, status in WORK:
        issue = Issue(
            id=str(box.world.next_id()),
            key=box.world.new_key(project),
            project=project.id,
            type=type_id,
            fields={"summary": summary, "labels": ["team"]},
            creator=scheme.SOMEBODY,
        )
        box.world.issues[issue.id] = issue
        box.index.put(issue)
        if status != issue.status:
            issues.set_status(box, issue, status, person=scheme.SOMEBODY)
