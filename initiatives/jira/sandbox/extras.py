"""What hangs on an issue: comments, remote links, issue links, files."""

from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from initiatives.jira.sandbox import document, fields, view
from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Refusal, Request, routes
from initiatives.jira.sandbox.world import Issue, now_text, with_colon

V3 = "/rest/api/3"
ONE = f"{V3}/issue/{{issue}}"
UPLOAD_LIMIT = 10 * 1024 * 1024


@routes.add("GET", f"{ONE}/comment")
def comments(box: Sandbox, request: Request) -> Answer:
    issue = box.need_issue(request.names["issue"])
    listed = [_comment(each, request.base) for each in issue.comments]
    if request.query.get("orderBy", "").startswith("-"):
        listed.reverse()
    start, size = request.number("startAt", 0), request.number("maxResults", 50)
    page = {"startAt": start, "maxResults": size, "total": len(listed)}
    return Answer(200, {**page, "comments": listed[start : start + size]})


@routes.add("POST", f"{ONE}/comment", writes=True)
def add_comment(box: Sandbox, request: Request) -> Answer:
    issue = box.writable(request.names["issue"])
    body = request.json.get("body")
    if not document.is_document(body):
        raise Refusal(400, comment=fields.NOT_A_DOCUMENT)
    made = {
        "id": str(box.world.next_id()),
        "body": body,
        "author": request.person,
        "created": with_colon(now_text()),
    }
    issue.comments.append(made)
    issue.updated = now_text()
    box.wrote(issue, "commented", person=request.person, items=[])
    return Answer(201, _comment(made, request.base))


def _comment(known: dict[str, Any], base: str) -> dict[str, Any]:
    who = view.person(known["author"], base)
    shown = {"author": who, "updateAuthor": who, "updated": known["created"]}
    return {**known, **shown, "self": f"{base}{V3}/comment/{known['id']}"}


@routes.add("GET", f"{ONE}/remotelink")
def remote_links(box: Sandbox, request: Request) -> Answer:
    issue = box.need_issue(request.names["issue"])
    wanted = request.query.get("globalId")
    listed = [
        {**each, "self": f"{request.base}{V3}/issue/{issue.id}/remotelink/{each['id']}"}
        for each in issue.remote_links
        if wanted in {None, each["globalId"]}
    ]
    if wanted and not listed:
        raise Refusal(404, "The remote link does not exist.")
    # Asked for one by its global id, Jira answers with that one and not with a list.
    return Answer(200, listed[0] if wanted else listed)


@routes.add("POST", f"{ONE}/remotelink", writes=True)
def set_remote_link(box: Sandbox, request: Request) -> Answer:
    issue, said = box.writable(request.names["issue"]), request.json
    shown = said.get("object") or {}
    if not shown.get("title") or not shown.get("url"):
        raise Refusal(400, object="title and url are required")
    global_id = str(said.get("globalId") or box.world.next_id())
    if len(global_id) > 255:
        raise Refusal(400, globalId="globalId can't exceed 255 characters")
    known = next((each for each in issue.remote_links if each["globalId"] == global_id), None)
    kept = known or {"id": box.world.next_id(), "globalId": global_id}
    for name in ("application", "relationship", "object"):
        kept[name] = said.get(name)
    if known is None:
        issue.remote_links.append(kept)
    own = f"{request.base}{V3}/issue/{issue.id}/remotelink/{kept['id']}"
    return Answer(200 if known else 201, {"id": kept["id"], "self": own})


@routes.add("DELETE", f"{ONE}/remotelink", writes=True)
def delete_remote_link(box: Sandbox, request: Request) -> Answer:
    issue = box.writable(request.names["issue"])
    if not request.headers.get("Content-Type"):
        raise Refusal(415, "Unsupported Media Type")
    wanted = request.query.get("globalId")
    kept = [each for each in issue.remote_links if each["globalId"] != wanted]
    if len(kept) == len(issue.remote_links):
        raise Refusal(404, "The remote link does not exist.")
    issue.remote_links = kept
    return Answer(204)


@routes.add("POST", f"{V3}/issueLink", writes=True)
def link(box: Sandbox, request: Request) -> Answer:
    """201 with an empty body, also when the link is already there."""
    said = request.json
    inward, outward = _end(box, said.get("inwardIssue")), _end(box, said.get("outwardIssue"))
    kind = said.get("type") or {}
    if kind.get("id") != "10000" and kind.get("name") != "Blocks":
        raise Refusal(404, "No issue link type with that id or name.")
    pair = {"inward": inward.id, "outward": outward.id}
    if not any(pair.items() <= each.items() for each in box.world.links):
        box.world.links.append({"id": str(box.world.next_id()), **pair})
        for each in (inward, outward):
            box.index.put(each)
    return Answer(201)


def _end(box: Sandbox, named: Any) -> Issue:
    named = named if isinstance(named, dict) else {}
    return box.writable(str(named.get("id") or named.get("key") or ""))


@routes.add("GET", f"{V3}/attachment/meta")
def attachment_meta(_box: Sandbox, _request: Request) -> Answer:
    return Answer(200, {"enabled": True, "uploadLimit": UPLOAD_LIMIT})


@routes.add("POST", f"{ONE}/attachments", writes=True)
def attach(box: Sandbox, request: Request) -> Answer:
    issue = box.writable(request.names["issue"])
    if request.headers.get("X-Atlassian-Token") != "no-check":
        raise Refusal(403, "XSRF check failed")
    files = _files(request)
    if not 1 <= len(files) <= 60:
        raise Refusal(400, "Attach 1 to 60 files.")
    if any(len(content) > UPLOAD_LIMIT for _, content, _ in files):
        raise Refusal(413, "The file exceeds the maximum size.")
    made = [_keep_file(box, issue, request, *each) for each in files]
    return Answer(200, made)


def _files(request: Request) -> list[tuple[str, bytes, str]]:
    head = f"Content-Type: {request.headers.get('Content-Type', '')}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.raw)
    return [
        (part.get_filename() or "file", part.get_content(), part.get_content_type())
        if part.get_content_maintype() != "text"
        else (part.get_filename() or "file", part.get_content().encode(), part.get_content_type())
        for part in message.iter_parts()
        if part.get_param("name", header="content-disposition") == "file"
    ]


def _keep_file(
    box: Sandbox, issue: Issue, request: Request, name: str, content: bytes, kind: str
) -> dict[str, Any]:
    made = {
        "id": str(box.world.next_id()),
        "filename": name,
        "size": len(content),
        "mimeType": kind,
        "created": with_colon(now_text()),
    }
    issue.attachments.append(made)
    issue.updated = now_text()
    own = f"{request.base}{V3}/attachment/{made['id']}"
    shown = {"self": own, "content": f"{own}/content"}
    return {**made, **shown, "author": view.person(request.person, request.base)}
