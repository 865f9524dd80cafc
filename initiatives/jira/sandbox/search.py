"""Search over the lagging index: `search/jql` in both forms, the count, and the removed paths."""

import base64
from typing import Any

from initiatives.jira.sandbox import jql, view
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.world import Issue

V3 = "/rest/api/3"


@routes.add("POST", f"{V3}/search/jql")
def search(box: Sandbox, request: Request) -> Answer:
    return _search(box, request, request.json)


@routes.add("GET", f"{V3}/search/jql")
def search_by_address(box: Sandbox, request: Request) -> Answer:
    asked: dict[str, Any] = {
        "jql": request.query.get("jql", ""),
        "fields": request.listed("fields"),
        "properties": request.listed("properties"),
        "maxResults": request.number("maxResults", 50),
        "nextPageToken": request.query.get("nextPageToken", ""),
        "reconcileIssues": request.listed("reconcileIssues"),
    }
    return _search(box, request, asked)


def _search(box: Sandbox, request: Request, asked: dict[str, Any]) -> Answer:
    hits = _hits(box, request, asked)
    start, size = (
        _start(asked.get("nextPageToken")),
        max(1, min(asked.get("maxResults") or 50, 100)),
    )
    fields = asked.get("fields") or ["id"]
    page = [
        view.issue(box.world, each, fields, request.base, asked.get("properties") or [])
        for each in hits[start : start + size]
    ]
    last = start + size >= len(hits)
    token = base64.urlsafe_b64encode(f"from:{start + size}".encode()).decode()
    return Answer(
        200, {"issues": page, "isLast": last, **({} if last else {"nextPageToken": token})}
    )


def _hits(box: Sandbox, request: Request, asked: dict[str, Any]) -> list[Issue]:
    """An anonymous search answers like one that found nothing."""
    query = jql.parse(str(asked.get("jql") or ""), box.world)
    if not request.person:
        return []
    ids = [str(each) for each in asked.get("reconcileIssues") or []]
    if len(ids) > 50:
        raise Refusal(400, "reconcileIssues takes at most 50 ids.")
    fresh = {key: box.world.issues[key] for key in ids if key in box.world.issues}
    seen = [
        each
        for each in box.index.visible(fresh)
        if not each.archived and not box.world.projects[each.project].hidden
    ]
    return query.sort([each for each in seen if query.matches(each)])


def _start(token: Any) -> int:
    if not token:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(str(token)).decode().partition(":")
        return int(number) if word == "from" else 0
    except ValueError:
        raise Refusal(400, "The nextPageToken is not valid.") from None


@routes.add("POST", f"{V3}/search/approximate-count")
def count(box: Sandbox, request: Request) -> Answer:
    return Answer(200, {"count": len(_hits(box, request, request.json))})


def _removed(_box: Sandbox, _request: Request) -> Answer:
    raise Refusal(
        410,
        "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. "
        "A full migration guideline is available at "
        "https://developer.atlassian.com/changelog/#CHANGE-2046",
    )


routes.add("GET", f"{V3}/search")(_removed)
routes.add("POST", f"{V3}/search")(_removed)
