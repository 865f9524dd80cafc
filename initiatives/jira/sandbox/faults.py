"""Misbehaviour on order: rules a test switches on, each for a number of matching requests.

A rule is JSON: `{"kind": …, "method": "POST", "path": "regex", "times": 1, "skip": 0, …}`.

| kind | more keys | what happens |
|---|---|---|
| rate_limit | reason, retry_after (seconds, "date" or null) | 429, nothing executed |
| status | status, messages, errors, headers | that answer, nothing executed |
| captcha | | 403 with the captcha challenge |
| seraph | | 200 with a header that says nobody is signed in |
| anonymous | | the request is treated as if it had no credentials |
| html | status | a web page instead of JSON |
| huge | bytes | a body of that size |
| drop | | the connection ends before anything is executed |
| lost_answer | | executed, then the connection ends without an answer |
| failed_late | status | executed, then a 5xx |
| truncate | | executed, then half the answer |
| drip | seconds | executed, then one byte of the body at a time |
| drip_head | seconds | executed, then a head that comes byte by byte and never ends |
| delay | seconds | waits before executing |
| near_limit | | answers normally with X-RateLimit-NearLimit |
| refuse_elements | numbers, message | those elements of a bulk create fail |
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from initiatives.jira.sandbox.exchange import Answer, Request

DRIPS = {"drip", "drip_head"}
BEFORE = {"rate_limit", "status", "captcha", "seraph", "html", "huge", "drop"}
AFTER = {"lost_answer", "failed_late", "truncate", "near_limit"} | DRIPS
OTHER = {"anonymous", "delay", "refuse_elements"}
KINDS = BEFORE | AFTER | OTHER


@dataclass
class Rule:
    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    skip: int = 0
    more: dict[str, Any] = field(default_factory=dict)
    fired: int = 0

    def matches(self, request: Request) -> bool:
        """Counts the request; true when the rule fires for it. `times` 0 fires for ever."""
        if self.method and self.method != request.method:
            return False
        if not re.search(self.path, request.path) or (self.times and self.fired >= self.times):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.fired += 1
        return True


def rule(said: dict[str, Any]) -> Rule:
    """Raises ValueError for a kind that does not exist or a pattern that cannot be read."""
    own = {name: said[name] for name in ("method", "path", "times", "skip") if name in said}
    if said.get("kind") not in KINDS:
        message = f"There is no fault “{said.get('kind')}”. Known: {', '.join(sorted(KINDS))}."
        raise ValueError(message)
    try:
        re.compile(str(own.get("path", "")))
    except re.error as error:
        message = f"The path is not a regular expression: {error}."
        raise ValueError(message) from None
    more = {name: each for name, each in said.items() if name not in {*own, "kind"}}
    return Rule(kind=said["kind"], more=more, **own)


def instead(fault: Rule) -> Answer:
    """The answer of a fault that keeps the request from being executed."""
    makers: dict[str, Callable[[Rule], Answer]] = {
        "rate_limit": _limited,
        "status": _status,
        "captcha": _captcha,
        "seraph": _seraph,
        "html": _html,
        "huge": _huge,
        "drop": lambda _fault: Answer(manners={"drop": True}),
    }
    return makers[fault.kind](fault)


def bend(fault: Rule, answer: Answer) -> Answer:
    """The answer of a fault that strikes after the request was executed."""
    if fault.kind == "failed_late":
        return Answer(int(fault.more.get("status", 503)), b"<html>Service Unavailable</html>")
    if fault.kind == "near_limit":
        answer.headers["X-RateLimit-NearLimit"] = "true"
        return answer
    manners = {"lost_answer": "drop", "truncate": "truncate"}
    manner = manners.get(fault.kind, fault.kind)
    answer.manners[manner] = fault.more.get("seconds", 0.2) if fault.kind in DRIPS else True
    return answer


def _limited(fault: Rule) -> Answer:
    headers = {"RateLimit-Reason": str(fault.more.get("reason", "jira-burst-based"))}
    wait = fault.more.get("retry_after", 1)
    if wait == "date":
        headers["Retry-After"] = format_datetime(
            datetime.now(UTC) + timedelta(seconds=2), usegmt=True
        )
    elif wait is not None:
        headers["Retry-After"] = str(wait)
    return Answer(429, {"errorMessages": ["Rate limit exceeded"]}, headers)


def _status(fault: Rule) -> Answer:
    body = {
        "errorMessages": list(fault.more.get("messages", ())),
        "errors": dict(fault.more.get("errors", {})),
    }
    return Answer(int(fault.more.get("status", 503)), body, dict(fault.more.get("headers", {})))


def _captcha(_fault: Rule) -> Answer:
    denied = {"X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=/login"}
    said = {"errorMessages": ["Login denied"], "errors": {}}
    return Answer(403, said, {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED", **denied})


def _seraph(_fault: Rule) -> Answer:
    return Answer(200, {"issues": []}, {"X-Seraph-LoginReason": "AUTHENTICATION_DENIED"})


def _html(fault: Rule) -> Answer:
    page = b"<!doctype html><title>Maintenance</title><h1>We will be back</h1>"
    return Answer(int(fault.more.get("status", 200)), page, {"Content-Type": "text/html"})


def _huge(fault: Rule) -> Answer:
    return Answer(200, b'"', manners={"huge": int(fault.more.get("bytes", 200_000_000))})
