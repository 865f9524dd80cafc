"""The checker each request passes before it leaves (J18, J33-J41).

Jira's published contract lets most wrong requests through; a wrong one costs a call, a lock or a
whole bulk. Lives here: one function a rule. Does not live here: the path and the sending.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from initiatives.jira import adf
from initiatives.jira import operations as op
from initiatives.jira.errors import WrongRequest

READ_ONLY = frozenset(
    {
        "status",
        "statusCategory",
        "key",
        "id",
        "created",
        "updated",
        "creator",
        "resolutiondate",
        "issuelinks",
        "subtasks",
        "comment",
        "attachment",
        "votes",
        "watches",
        "progress",
        "aggregateprogress",
        "lastViewed",
        "workratio",
    }
)
DOCUMENTS = frozenset({"description", "environment"})
SUMMARY_LIMIT = 255
LABEL = re.compile(r"\S{1,255}")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Outgoing:
    """A request as it is about to leave. `rich` names custom fields that take documents."""

    operation: op.Operation
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    files: int = 0
    rich: frozenset[str] = frozenset()
    sprint_name_limit: int = 30


def check(request: Outgoing) -> None:
    """Raises `WrongRequest` naming everything wrong with the request."""
    found = [*_credentials(request), *RULES.get(request.operation.name, _nothing)(request)]
    if found:
        raise WrongRequest(operation=request.operation.name, messages=tuple(found))


def _nothing(_: Outgoing) -> Iterator[str]:
    yield from ()


def _credentials(request: Outgoing) -> Iterator[str]:
    if not request.headers.get("Authorization", "").partition(" ")[2].strip():
        yield "A request must carry credentials."


def _create(request: Outgoing) -> Iterator[str]:
    yield from _new_issue(request.body, request.rich)


def _bulk_create(request: Outgoing) -> Iterator[str]:
    issues = request.body.get("issueUpdates", [])
    if not 1 <= len(issues) <= 50:
        yield "A bulk create holds 1 to 50 issues."
    for number, issue in enumerate(issues):
        yield from (f"Issue {number}: {said}" for said in _new_issue(issue, request.rich))


def _new_issue(body: Mapping[str, Any], rich: frozenset[str]) -> Iterator[str]:
    fields = body.get("fields", {})
    if not _reference(fields.get("project"), "id", "key"):
        yield "A create names its project."
    if not _reference(fields.get("issuetype"), "id"):
        yield "A create names its issue type by id."
    if "summary" not in fields:
        yield "A create has a summary."
    if "transition" in body:
        yield "A transition goes on its own path."
    yield from _fields(fields, rich)
    yield from _updates(body.get("update", {}))


def _edit(request: Outgoing) -> Iterator[str]:
    fields, update = request.body.get("fields", {}), request.body.get("update", {})
    if not fields and not update:
        yield "An edit changes at least one field."
    if "transition" in request.body:
        yield "A transition goes on its own path."
    if set(fields) & set(update):
        yield "A field is set or updated, not both."
    yield from _fields(fields, request.rich)
    yield from _updates(update)


def _fields(fields: Mapping[str, Any], rich: frozenset[str]) -> Iterator[str]:
    for name in sorted(set(fields) & READ_ONLY):
        yield f"{name} cannot be written."
    if "summary" in fields:
        yield from _summary(fields["summary"])
    for name in sorted(set(fields) & (DOCUMENTS | rich)):
        yield from _document(name, fields[name])
    if "labels" in fields:
        yield from _labels(fields["labels"])
    if "parent" in fields and not _reference(fields["parent"], "id", "key"):
        yield "A parent is named by id or key."


def _summary(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip() or len(value) > SUMMARY_LIMIT:
        yield "A summary has 1 to 255 characters."
    elif "\n" in value or "\r" in value:
        yield "A summary is one line."


def _document(name: str, value: Any) -> Iterator[str]:
    if value is None:
        return
    for said in adf.problems(value, name):
        yield f"{said}."


def _labels(value: Any) -> Iterator[str]:
    if not isinstance(value, list) or len(set(map(str, value))) != len(value):
        yield "Labels are a list without doubles."
        return
    for label in value:
        if not isinstance(label, str) or not LABEL.fullmatch(label):
            yield f"The label “{label}” has white space or a wrong length."


def _updates(update: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(set(update) & READ_ONLY):
        yield f"{name} cannot be written."
    yield from _labels([each for verb in update.get("labels", []) for each in verb.values()])


def _transition(request: Outgoing) -> Iterator[str]:
    chosen = request.body.get("transition", {}).get("id")
    if not isinstance(chosen, str) or not NUMBER.fullmatch(chosen):
        yield "A transition is named by its number."
    yield from _fields(request.body.get("fields", {}), request.rich)


def _comment(request: Outgoing) -> Iterator[str]:
    yield from _document("comment", request.body.get("body") or {})


def _search(request: Outgoing) -> Iterator[str]:
    if not str(request.body.get("jql", "")).strip():
        yield "A search is bounded by a query."
    if not request.body.get("fields"):
        yield "A search names its fields."
    if len(request.body.get("reconcileIssues", [])) > 50:
        yield "A search reconciles at most 50 issues."


def _bulk_fetch(request: Outgoing) -> Iterator[str]:
    if not 1 <= len(request.body.get("issueIdsOrKeys", [])) <= 100:
        yield "A bulk fetch names 1 to 100 issues."
    if not request.body.get("fields"):
        yield "A bulk fetch names its fields."


def _read_issue(request: Outgoing) -> Iterator[str]:
    if not request.query.get("fields"):
        yield "A read names its fields."


def _remote_link(request: Outgoing) -> Iterator[str]:
    if not 1 <= len(str(request.body.get("globalId") or "")) <= 255:
        yield "A remote link has a global id of 1 to 255 characters."
    shown = request.body.get("object", {})
    if not shown.get("title") or not adf.safe_link(str(shown.get("url", ""))):
        yield "A remote link has a title and a web address."


def _remote_link_delete(request: Outgoing) -> Iterator[str]:
    if not request.query.get("globalId"):
        yield "A remote link is deleted by its global id."
    if not request.headers.get("Content-Type"):
        yield "Deleting a remote link needs a content type."


def _link(request: Outgoing) -> Iterator[str]:
    if "comment" in request.body:
        yield "A link carries no comment; each repeat would add one."


def _attach(request: Outgoing) -> Iterator[str]:
    if request.headers.get("X-Atlassian-Token") != "no-check":
        yield "An attachment needs X-Atlassian-Token: no-check."
    if not 1 <= request.files <= 60:
        yield "A request attaches 1 to 60 files."


def _sprint(request: Outgoing) -> Iterator[str]:
    name = str(request.body.get("name") or "")
    if not 1 <= len(name) <= request.sprint_name_limit:
        yield f"A sprint has a name of 1 to {request.sprint_name_limit} characters."
    if not isinstance(request.body.get("originBoardId"), int):
        yield "A sprint names its board."


def _sprint_move(request: Outgoing) -> Iterator[str]:
    if not 1 <= len(request.body.get("issues", [])) <= 50:
        yield "1 to 50 issues are moved into a sprint at once."


def _reference(value: Any, *names: str) -> bool:
    return isinstance(value, Mapping) and any(
        isinstance(value.get(name), str) and value[name] for name in names
    )


RULES: dict[str, Callable[[Outgoing], Iterator[str]]] = {
    op.CREATE.name: _create,
    op.BULK_CREATE.name: _bulk_create,
    op.EDIT.name: _edit,
    op.TRANSITION.name: _transition,
    op.COMMENT_ADD.name: _comment,
    op.SEARCH.name: _search,
    op.BULK_FETCH.name: _bulk_fetch,
    op.ISSUE_GET.name: _read_issue,
    op.REMOTE_LINK_SET.name: _remote_link,
    op.REMOTE_LINK_DELETE.name: _remote_link_delete,
    op.LINK.name: _link,
    op.ATTACH.name: _attach,
    op.SPRINT_CREATE.name: _sprint,
    op.SPRINT_MOVE.name: _sprint_move,
}
