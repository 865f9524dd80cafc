"""The typed client: some thirty operations, each one call, each one request.

Lives here: what goes into a call and what comes out of it. Does not live here: paths
(`operations.py`), the exchange itself (`wire.py`), waiting, repeating, and any database row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

from initiatives.jira import answers, errors
from initiatives.jira import operations as op
from initiatives.jira.answers import Json
from initiatives.jira.wire import Upload, Wire

PAGE = 100
PAGE_CAP = 50


class Jira:
    """Jira Cloud v3 as Gateline uses it. Every method may raise a `JiraError`.

    `with Jira(Wire(Site(api_base=…, email=…, token=…))) as jira: jira.myself()`
    """

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wire.close()

    # Who and where

    def myself(self) -> answers.Account:
        """The signed-in account. Raises `BadCredentials` also for a 200 that names nobody."""
        who = answers.account(self._read(op.MYSELF))
        if not who.id:
            raise errors.BadCredentials(
                op.MYSELF.name, 200, ("Jira answered, but nobody is signed in.",)
            )
        return who

    def server_info(self) -> Json:
        return dict(self._read(op.SERVER_INFO))

    def permissions(self, project: str, names: Sequence[str]) -> dict[str, bool]:
        """Which of the named permissions the account has in a project."""
        query = {"projectKey": project, "permissions": ",".join(names)}
        held = self._read(op.PERMISSIONS, query=query).get("permissions") or {}
        return {name: bool((held.get(name) or {}).get("havePermission")) for name in names}

    # What Jira offers

    def project(self, project: str) -> Json:
        """A project by key or id, with `style` and `simplified`."""
        return dict(self._read(op.PROJECT, {"project": project}))

    def project_statuses(self, project: str) -> list[Json]:
        """The statuses of each issue type of a project."""
        return list(self._read_list(op.PROJECT_STATUSES, {"project": project}))

    def issue_types(self, project: str) -> list[Json]:
        """Every issue type a create may name, over all pages (J20)."""
        return list(self._offered(op.ISSUE_TYPES, {"project": project}))

    def type_fields(self, project: str, issue_type: str) -> list[Json]:
        """Every field on the create screen of a type, over all pages (J20)."""
        return list(self._offered(op.TYPE_FIELDS, {"project": project, "type": issue_type}))

    # Issues

    def create(
        self,
        fields: Json,
        *,
        properties: Mapping[str, Any] | None = None,
    ) -> answers.Created:
        """Create one issue. `UnknownOutcome` means: look for the marker, do not repeat."""
        body = self.wire.call(op.CREATE, body=new_issue(fields, properties))
        if not isinstance(body, dict) or not body.get("id"):
            raise _unreadable(op.CREATE)
        return answers.created(body)

    def create_many(self, issues: Sequence[dict[str, Any]]) -> answers.Bulk:
        """Create up to 50 issues (bodies from `new_issue`). Results go by position (J32)."""
        try:
            body = self.wire.call(op.BULK_CREATE, body={"issueUpdates": list(issues)})
        except errors.Refused as refusal:
            # All refused: 400 with the same shape as a partial success.
            if not isinstance(refusal.body, dict) or not _first_list(refusal.body, ("errors",)):
                raise
            body = refusal.body
        return _bulk(body, len(issues))

    def issue(
        self, issue: str, *, fields: Sequence[str], properties: Sequence[str] = ()
    ) -> answers.Issue:
        """Read an issue by id or key; an old key answers too."""
        query = {"fields": ",".join(fields)}
        if properties:
            query["properties"] = ",".join(properties)
        return answers.issue(self._read(op.ISSUE_GET, {"issue": issue}, query=query))

    def issues(
        self, ids: Sequence[str], *, fields: Sequence[str], properties: Sequence[str] = ()
    ) -> answers.Fetched:
        """Read up to 100 issues by id; straight from the store, not the search index."""
        body: dict[str, Any] = {"issueIdsOrKeys": list(ids), "fields": list(fields)}
        if properties:
            body["properties"] = list(properties)
        return answers.fetched(self._read(op.BULK_FETCH, body=body))

    def edit(
        self,
        issue: str,
        *,
        fields: Json | None = None,
        update: Json | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        """Change an issue in one PUT. `update` holds verbs, e.g. {"labels": [{"add": "x"}]}."""
        body: dict[str, Any] = {}
        if fields:
            body["fields"] = dict(fields)
        if update:
            body["update"] = dict(update)
        if properties:
            body["properties"] = _properties(properties)
        self.wire.call(op.EDIT, {"issue": issue}, body=body)

    def search(
        self,
        jql: str,
        *,
        fields: Sequence[str],
        token: str = "",
        limit: int = PAGE,
        properties: Sequence[str] = (),
        reconcile: Sequence[str] = (),
    ) -> answers.Found:
        """One page of a bounded search."""
        body: dict[str, Any] = {"jql": jql, "fields": list(fields), "maxResults": limit}
        if token:
            body["nextPageToken"] = token
        if properties:
            body["properties"] = list(properties)
        if reconcile:
            body["reconcileIssues"] = [int(each) for each in reconcile]
        return answers.found(self._read(op.SEARCH, body=body))

    def search_all(
        self, jql: str, *, fields: Sequence[str], properties: Sequence[str] = ()
    ) -> Iterator[answers.Issue]:
        """Every hit, page by page, under a page cap; an issue seen twice comes once."""
        seen: set[str] = set()
        token = ""
        for _ in range(PAGE_CAP):
            page = self.search(jql, fields=fields, token=token, properties=properties)
            for each in page.issues:
                if each.id not in seen:
                    seen.add(each.id)
                    yield each
            if not page.next or page.next == token:
                return
            token = page.next

    def count(self, jql: str) -> int:
        """Roughly how many issues match."""
        return int(self._read(op.COUNT, body={"jql": jql}).get("count") or 0)

    def find_marked(
        self, label: str, *, project: str = "", fields: Sequence[str] = ("summary", "labels")
    ) -> list[answers.Issue]:
        """The issues that carry a marker label, oldest first. Empty proves nothing yet (J28)."""
        within = f'project = "{project}" AND ' if project else ""
        jql = f'{within}labels = "{label}" ORDER BY created ASC'
        page = self.search(jql, fields=[*fields, "created"], properties=["gateline"])
        hits = [each for each in page.issues if label in (each.fields.get("labels") or ())]
        return sorted(hits, key=lambda each: int(each.id) if each.id.isdecimal() else 0)

    # Status

    def transitions(self, issue: str) -> list[answers.Transition]:
        query = {"expand": "transitions.fields"}
        body = self._read(op.TRANSITIONS, {"issue": issue}, query=query)
        return [answers.transition(each) for each in body.get("transitions") or ()]

    def transition(self, issue: str, transition: str, *, fields: Json | None = None) -> None:
        """Take a step by its number. Check first whether the issue is already there (J43)."""
        body: dict[str, Any] = {"transition": {"id": transition}}
        if fields:
            body["fields"] = dict(fields)
        self.wire.call(op.TRANSITION, {"issue": issue}, body=body)

    # Properties, links, comments, files

    def property(self, issue: str, key: str) -> Any:
        """The value of an issue property, or None when it is not set."""
        try:
            return self._read(op.PROPERTY_GET, {"issue": issue, "key": key}).get("value")
        except errors.Gone:
            return None

    def set_property(self, issue: str, key: str, value: Any) -> None:
        self.wire.call(op.PROPERTY_SET, {"issue": issue, "key": key}, body=value)

    def remote_link(self, issue: str, *, global_id: str) -> Json | None:
        """The link with this global id, or None. All links at once is a call whose published
        answer and real answer differ, so it is not used.
        """
        try:
            return dict(self._read(op.REMOTE_LINK, {"issue": issue}, query={"globalId": global_id}))
        except errors.Gone:
            return None

    def set_remote_link(
        self, issue: str, *, global_id: str, url: str, title: str, summary: str = ""
    ) -> None:
        """Create the link or bring it up to date; one per `global_id`, all parts sent (J51)."""
        body = {
            "globalId": global_id,
            "application": {"type": "gateline", "name": "Gateline"},
            "relationship": "decided in",
            "object": {"url": url, "title": title, "summary": summary},
        }
        self.wire.call(op.REMOTE_LINK_SET, {"issue": issue}, body=body)

    def delete_remote_link(self, issue: str, *, global_id: str) -> None:
        self.wire.call(op.REMOTE_LINK_DELETE, {"issue": issue}, query={"globalId": global_id})

    def link_types(self) -> list[Json]:
        return list(self._read(op.LINK_TYPES).get("issueLinkTypes") or ())

    def link_issues(self, *, link_type: str, blocker: str, blocked: str) -> None:
        """Link two issues by id; `blocker` does what the outward words of the type say (J50)."""
        body = {
            "type": {"id": link_type},
            "inwardIssue": {"id": blocker},
            "outwardIssue": {"id": blocked},
        }
        self.wire.call(op.LINK, body=body)

    def comments(self, issue: str) -> list[Json]:
        query = {"maxResults": PAGE, "orderBy": "-created"}
        return list(self._read(op.COMMENTS, {"issue": issue}, query=query).get("comments") or ())

    def add_comment(self, issue: str, document: Json) -> str:
        """Add a comment (an ADF document that carries its marker); returns its id."""
        body = self.wire.call(op.COMMENT_ADD, {"issue": issue}, body={"body": document})
        if not isinstance(body, dict) or not body.get("id"):
            raise _unreadable(op.COMMENT_ADD)
        return str(body["id"])

    def attachment_limit(self) -> int:
        """The largest file in bytes; 0 when attachments are switched off."""
        meta = self._read(op.ATTACHMENT_META)
        return int(meta.get("uploadLimit") or 0) if meta.get("enabled") else 0

    def attach(self, issue: str, files: Sequence[Upload]) -> list[answers.Attachment]:
        """Attach up to 60 files. Compare name and size with what is there first (J52)."""
        body = self.wire.call(op.ATTACH, {"issue": issue}, files=files)
        return [answers.attachment(each) for each in body or ()]

    # Boards

    def boards(self, project: str) -> list[answers.Board]:
        query = {"projectKeyOrId": project}
        return [answers.board(each) for each in self._values(op.BOARDS, query=query)]

    def board_configuration(self, board: int) -> answers.BoardConfiguration:
        body = self._read(op.BOARD_CONFIGURATION, {"board": str(board)})
        return answers.board_configuration(body)

    def sprints(self, board: int) -> list[answers.Sprint]:
        """The sprints of a scrum board, over all pages."""
        names = {"board": str(board)}
        return [answers.sprint(each) for each in self._values(op.SPRINTS, names)]

    def create_sprint(self, *, board: int, name: str, goal: str = "") -> answers.Sprint:
        body: dict[str, Any] = {"name": name, "originBoardId": board}
        if goal:
            body["goal"] = goal
        answer = self.wire.call(op.SPRINT_CREATE, body=body)
        if not isinstance(answer, dict) or not answer.get("id"):
            raise _unreadable(op.SPRINT_CREATE)
        return answers.sprint(answer)

    def move_to_sprint(self, sprint: int, issues: Sequence[str]) -> None:
        body = {"issues": list(issues)}
        self.wire.call(op.SPRINT_MOVE, {"sprint": str(sprint)}, body=body)

    def estimate(self, issue: str, points: Decimal | None, *, board: int) -> None:
        """Set the points the board counts, also where the field is on no screen (J22)."""
        value = "" if points is None else format(points.normalize(), "f")
        query = {"boardId": board}
        self.wire.call(op.ESTIMATE, {"issue": issue}, query=query, body={"value": value})

    # Shared reading

    def _read(
        self,
        operation: op.Operation,
        names: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        empty: Any = None,
    ) -> Any:
        answer = self.wire.call(operation, names, query=query, body=body)
        if isinstance(answer, dict) or (isinstance(answer, list) and empty is not None):
            return answer
        raise errors.Unavailable(
            operation.name, 200, ("Jira's answer could not be read; it had another shape.",)
        )

    def _read_list(self, operation: op.Operation, names: Mapping[str, str]) -> list[Json]:
        return list(self._read(operation, names, empty=[]))

    def _offered(self, operation: op.Operation, names: Mapping[str, str]) -> Iterator[Json]:
        """Pages of createmeta; the list has had several names over the years."""
        start = 0
        for _ in range(PAGE_CAP):
            query = {"startAt": start, "maxResults": PAGE}
            body = self._read(operation, names, query=query)
            page = _first_list(body, ("issueTypes", "fields", "results", "values"))
            yield from page
            start += len(page)
            if not page or start >= int(body.get("total") or 0):
                return

    def _values(
        self,
        operation: op.Operation,
        names: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
    ) -> Iterator[Json]:
        start = 0
        for _ in range(PAGE_CAP):
            asked = {**(query or {}), "startAt": start, "maxResults": 50}
            body = self._read(operation, names, query=asked)
            page = body.get("values") or []
            yield from page
            start += len(page)
            if not page or body.get("isLast") is True:
                return


def new_issue(fields: Json, properties: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The body of a create: fields, and the issue properties that travel with it."""
    body: dict[str, Any] = {"fields": dict(fields)}
    if properties:
        body["properties"] = _properties(properties)
    return body


def _properties(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in properties.items()]


def _first_list(body: Json, names: Iterable[str]) -> list[Json]:
    return next((body[name] for name in names if isinstance(body.get(name), list)), [])


def _bulk(body: Any, sent: int) -> answers.Bulk:
    try:
        return answers.bulk(body, sent)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable(op.BULK_CREATE) from None


def _unreadable(operation: op.Operation) -> errors.UnknownOutcome:
    return errors.UnknownOutcome(operation.name, 201, ("Jira's answer did not name what it made.",))
