"""Checks requests and answers against the strict Jira contract with openapi-core."""

import base64
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "contracts" / "jira"
HOST = "https://your-domain.atlassian.net"
MISSING = f"the contract is not here: {FOLDER}"
# Faults that are not Jira's contract but its bad days.
ON_PURPOSE = {"html", "huge", "truncate", "seraph", "captcha", "drop", "lost_answer", "status"}
ON_PURPOSE |= {"failed_late", "rate_limit"}


def available():
    return (FOLDER / "openapi-strict.json").exists()


@cache
def contract():
    """Five seconds to load, so once a process."""
    return OpenAPI.from_dict(json.loads((FOLDER / "openapi-strict.json").read_text("utf-8")))


@cache
def described_calls():
    """(method, path pattern, responses) of every call the contract describes."""
    paths = json.loads((FOLDER / "openapi-strict.json").read_text("utf-8"))["paths"]
    return [
        (method, re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), said["responses"])
        for path, verbs in sorted(paths.items(), key=lambda each: each[0].count("{"))
        for method, said in verbs.items()
    ]


def check(*, method, path, query, headers, body, status, answer, answer_type, on_purpose=False):
    """Raises openapi-core's error when the request, or the answer, breaks the contract."""
    if "/attachments" in path and method == "POST":
        body = None  # openapi-core reads no multipart; the header and path are still checked
    request = MockRequest(
        HOST,
        method.lower(),
        path,
        args=query,
        headers=headers,
        data=body,
        content_type=headers.get("Content-Type", "application/json").split(";")[0],
    )
    if "/attachments" not in path:
        contract().validate_request(request)
    if on_purpose or not described(method, path, status):
        return
    if not answer and may_be_empty(method, path, status):
        return
    response = MockResponse(data=answer, status_code=status, content_type=answer_type.split(";")[0])
    contract().validate_response(request, response)


def described(method, path, status):
    """Limits and failures of the machinery (429, 5xx, 415) are in no published contract."""
    said = responses(method, path)
    return said is None or str(status) in said


def may_be_empty(method, path, status):
    """Where the contract says "anything" (204, the 201 of a link), Jira answers with nothing."""
    content = responses(method, path)[str(status)].get("content") or {}
    return all(not each.get("schema") for each in content.values())


def responses(method, path):
    for verb, pattern, said in described_calls():
        if verb == method.lower() and pattern.fullmatch(path):
            return said
    return None


def check_log(entries):
    """Check what the sandbox noted, whichever process sent it; returns how many were checked."""
    credentials = base64.b64encode(b"someone:token").decode()
    for entry in entries:
        headers = dict(entry["headers"])
        if entry["authorized"]:
            headers["Authorization"] = f"Basic {credentials}"
        check(
            method=entry["method"],
            path=entry["path"],
            query=entry["query"],
            headers=headers,
            body=entry["body"].encode() or None,
            status=entry["status"],
            answer=(entry.get("answer") or "").encode(),
            answer_type=entry.get("answer_type") or "application/json",
            on_purpose=bool(ON_PURPOSE & set(entry["faults"])),
        )
    return len(entries)


class CheckedTransport(httpx.BaseTransport):
    """Stands between the client and the network; a wrong request or answer fails the test."""

    def __init__(self, inner):
        self.inner = inner
        self.checked = 0
        self.lenient = False

    def handle_request(self, request):
        raw = request.read()
        response = self.inner.handle_request(request)
        if self.lenient:
            return response
        answer = b"".join(response.stream)
        response.close()
        query = dict(parse_qsl(request.url.query.decode(), keep_blank_values=True))
        check(
            method=request.method,
            path=request.url.path,
            query=query,
            headers={name.title(): value for name, value in request.headers.items()},
            body=raw or None,
            status=response.status_code,
            answer=answer,
            answer_type=response.headers.get("Content-Type", "application/json"),
        )
        self.checked += 1
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=httpx.ByteStream(answer),
            extensions=response.extensions,
        )

    def close(self):
        self.inner.close()
