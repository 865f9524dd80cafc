"""One request to Jira and its answer: credentials, deadline, answer cap, errors as classes.

Lives here: everything all operations share. Does not live here: which operations there are, and
waiting or repeating. Tokens and bodies are never logged, neither ours nor Jira's.
"""

import base64
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import httpx

from config import outbound
from config.due.faults import fault
from initiatives.jira import errors, preflight
from initiatives.jira.operations import Operation, Repeat

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 30.0
ANSWER_LIMIT = 5 * 1024 * 1024
TIMEOUT = httpx.Timeout(connect=5.0, read=20.0, write=20.0, pool=5.0)
# The events of the connection at which a kill is tested; for calls that change Jira only.
POINTS = {
    "connection.connect_tcp.complete": "jira.connected",
    "http11.send_request_headers.complete": "jira.half_sent",
    "http11.send_request_body.complete": "jira.sent",
}


@dataclass(frozen=True)
class Site:
    """Where a Jira is and who we are there. Three bases (J14), no trailing slash needed.

    With `email` the token goes as Basic (Cloud); without it as Bearer (gateway, Data Center).
    """

    api_base: str
    token: str = field(repr=False)
    email: str = field(default="", repr=False)
    browse_base: str = ""
    agile_base: str = ""
    sprint_name_limit: int = 30

    def base(self, operation: Operation) -> str:
        chosen = (self.agile_base or self.api_base) if operation.agile else self.api_base
        return chosen.rstrip("/")

    def browse(self, key: str) -> str:
        """The address of an issue for people; never taken from `self` of an answer."""
        return f"{(self.browse_base or self.api_base).rstrip('/')}/browse/{key}"

    def authorization(self) -> str:
        if not self.token:
            return ""
        if not self.email:
            return f"Bearer {self.token}"
        pair = f"{self.email}:{self.token}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"


@dataclass(frozen=True)
class Upload:
    """A file to attach."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass
class Seen:
    """What an answer said beside its body; kept for the limits of the connection (J59)."""

    status: int = 0
    near_limit: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Wire:
    """One `httpx.Client` for one site. Close it, or use it in a `with`.

    `reach` is called with the name of each fault point of a changing call: see `POINTS` and
    "jira.answered"; inert unless a test arms one. `http` is for tests that stand in for the network.
    """

    def __init__(
        self,
        site: Site,
        *,
        http: httpx.Client | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
        reach: Callable[[str], None] = fault,
        rich_fields: frozenset[str] = frozenset(),
    ) -> None:
        self.site = site
        self.deadline_seconds = deadline_seconds
        self.rich_fields = rich_fields
        self.last = Seen()
        self._reach = reach
        self._http = http or outbound.client(timeout=TIMEOUT)

    def close(self) -> None:
        self._http.close()

    def call(
        self,
        operation: Operation,
        names: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        files: Sequence[Upload] = (),
    ) -> Any:
        """Send one request and return its JSON (None for an empty answer), or raise a `JiraError`."""
        headers = self._headers(operation, body, files)
        preflight.check(
            preflight.Outgoing(
                operation=operation,
                query=query or {},
                body=body,
                headers=headers,
                files=len(files),
                rich=self.rich_fields,
                sprint_name_limit=self.site.sprint_name_limit,
            )
        )
        request = self._http.build_request(
            operation.method,
            self.site.base(operation) + operation.fill(dict(names or {})),
            params=query,
            content=None if body is None else json.dumps(body).encode(),
            files=[("file", (each.name, each.content, each.media_type)) for each in files] or None,
            headers=headers,
            extensions=self._extensions(operation),
        )
        return self._exchange(operation, request)

    def _headers(self, operation: Operation, body: Any, files: Sequence[Upload]) -> dict[str, str]:
        headers = {
            "Authorization": self.site.authorization(),
            "Accept": "application/json",
            # Without compression the answer cap counts what it means.
            "Accept-Encoding": "identity",
            "User-Agent": "Gateline",
        }
        if files:
            headers["X-Atlassian-Token"] = "no-check"
        elif body is not None or operation.method == "DELETE":
            headers["Content-Type"] = "application/json"
        return headers

    def _extensions(self, operation: Operation) -> dict[str, Any]:
        timeout = {"timeout": TIMEOUT.as_dict()}
        return timeout if operation.reads else {**timeout, "trace": self._trace}

    def _trace(self, event: str, _info: Mapping[str, Any]) -> None:
        if event in POINTS:
            self._reach(POINTS[event])

    def _exchange(self, operation: Operation, request: httpx.Request) -> Any:
        started = time.monotonic()
        try:
            with outbound.deadline(self.deadline_seconds):
                response = self._http.send(request, stream=True)
                raw = _read(response)
        except outbound.NotAllowedOut as error:
            raise errors.Refused(operation=operation.name, messages=(str(error),)) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise errors.Unavailable(operation.name, 0, (_why(error),)) from None
        except (httpx.HTTPError, _TooLong) as error:
            _lost(operation, 0, _why(error))
        finally:
            self._log(operation, time.monotonic() - started)
        if not operation.reads:
            self._reach("jira.answered")
        return self._judge(operation, response, raw)

    def _judge(self, operation: Operation, response: httpx.Response, raw: bytes) -> Any:
        near = response.headers.get("X-RateLimit-NearLimit", "").lower() == "true"
        self.last = Seen(response.status_code, near, response.headers)
        success = 200 <= response.status_code < 300
        if success and not errors.denied(response.status_code, response.headers):
            return _parse(operation, response.status_code, raw)
        raise errors.from_answer(
            operation.name,
            response.status_code,
            response.headers,
            _parse_leniently(raw),
            repeatable=operation.repeat is Repeat.YES,
        )

    def _log(self, operation: Operation, seconds: float) -> None:
        log.info("jira %s took %.3f s", operation.name, seconds)


class _TooLong(Exception):
    """The answer passed the cap."""


def _read(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    length = 0
    try:
        for part in response.iter_raw():
            length += len(part)
            if length > ANSWER_LIMIT:
                message = "Jira's answer was too long to read."
                raise _TooLong(message)
            parts.append(part)
    finally:
        response.close()
    return b"".join(parts)


def _parse(operation: Operation, status: int, raw: bytes) -> Any:
    if not raw.strip():
        return None
    try:
        return json.loads(raw)
    except ValueError:
        _lost(operation, status, "Jira's answer could not be read; it was not JSON.")


def _parse_leniently(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw[:2000].decode("utf-8", "replace")


def _lost(operation: Operation, status: int, why: str) -> NoReturn:
    """The request left and no usable answer came back."""
    kind = errors.Unavailable if operation.repeat is Repeat.YES else errors.UnknownOutcome
    raise kind(operation.name, status, (why,)) from None


def _why(error: Exception) -> str:
    if isinstance(error, _TooLong):
        return str(error)
    if isinstance(error, httpx.TimeoutException):
        return "Jira did not answer in time."
    if isinstance(error, httpx.ConnectError):
        return "Jira could not be reached."
    return "The connection to Jira broke before the answer was complete."
