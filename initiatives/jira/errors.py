"""What can go wrong with a request to Jira, by what may be done next.

Lives here: the classes and how an answer or a broken connection becomes one of them.
Does not live here: waiting and repeating; that is a due time in the item's row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

MESSAGE_LIMIT = 500


@dataclass(eq=False)
class JiraError(Exception):
    """Base. `messages` and `fields` are Jira's own words; `operation` is the name of the call.

    `body` is the parsed answer, for the one call that must read a refusal; it is never shown.
    """

    operation: str = ""
    status: int = 0
    messages: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    body: Any = field(default=None, repr=False)

    def __str__(self) -> str:
        named = [f"{name}: {text}" for name, text in self.fields.items()]
        return " ".join([*self.messages, *named]) or self.fallback

    @property
    def fallback(self) -> str:
        return f"Jira answered {self.status}." if self.status else "Jira did not answer."


class WrongRequest(JiraError):
    """The request breaks a rule of Jira that we know; it never left. A mistake of ours."""


class Refused(JiraError):
    """Jira understood and said no; the same request will be refused again."""


class Changed(Refused):
    """Somebody wrote the issue at the same moment (409): read it and decide again."""


class NotPermitted(JiraError):
    """Signed in, but this account may not do this."""


class Gone(JiraError):
    """Not there, or not visible to this account; Jira does not tell which."""


class BadCredentials(JiraError):
    """Not signed in. Every job of the connection stops: each retry prolongs a lock."""


@dataclass(eq=False)
class Limited(JiraError):
    """429: certainly not executed, safe to repeat after `retry_after` seconds."""

    reason: str = ""
    retry_after: float | None = None
    near_limit: bool = False


class Unavailable(JiraError):
    """Certainly not executed, or harmless to repeat: no connection, 5xx on a repeatable call."""


class UnknownOutcome(JiraError):
    """May or may not have happened: look for it, never simply repeat it."""


def from_answer(
    operation: str,
    status: int,
    headers: Mapping[str, str],
    body: Any,
    *,
    repeatable: bool,
    now: datetime | None = None,
) -> JiraError:
    """The error for an answer outside 2xx. `body` is the parsed JSON, a text, or None."""
    messages, fields = read_messages(body)
    said: dict[str, Any] = {
        "operation": operation,
        "status": status,
        "messages": messages,
        "fields": fields,
        "body": body,
    }
    if denied(status, headers):
        return BadCredentials(**_explain_sign_in(said))
    if status == 429:
        return Limited(
            **said,
            reason=headers.get("RateLimit-Reason", ""),
            retry_after=retry_after(headers, now=now),
            near_limit=headers.get("X-RateLimit-NearLimit", "").lower() == "true",
        )
    if status >= 500 or status == 408:
        return Unavailable(**said) if repeatable else UnknownOutcome(**said)
    simple = {403: NotPermitted, 404: Gone, 409: Changed, 410: Gone}
    return simple.get(status, Refused)(**_explain_redirect(said))


def denied(status: int, headers: Mapping[str, str]) -> bool:
    """True when the answer, whatever its status, says that nobody is signed in."""
    seraph = headers.get("X-Seraph-LoginReason", "").upper()
    captcha = headers.get("X-Authentication-Denied-Reason", "").upper()
    return (
        status == 401
        or "AUTHENTICATION_DENIED" in seraph
        or "AUTHENTICATED_FAILED" in seraph
        or "CAPTCHA" in captcha
    )


def _explain_sign_in(said: dict[str, Any]) -> dict[str, Any]:
    words = said["messages"] or (
        "Jira did not accept the e-mail address and token of this connection.",
    )
    if any("Client must be authenticated" in word for word in words):
        words = (
            *words,
            "A scoped token works on https://api.atlassian.com/ex/jira/… only; an expired one nowhere.",
        )
    return {**said, "messages": words}


def _explain_redirect(said: dict[str, Any]) -> dict[str, Any]:
    if not 300 <= said["status"] < 400:
        return said
    words = ("Jira sent the request elsewhere; the base address of the connection is not right.",)
    return {**said, "messages": words, "fields": {}}


def read_messages(body: Any) -> tuple[tuple[str, ...], dict[str, str]]:
    """Jira's messages and its messages per field, cut to a readable length."""
    if isinstance(body, str):
        text = body.strip()
        return ((), {}) if not text or text.startswith("<") else ((text[:MESSAGE_LIMIT],), {})
    if not isinstance(body, Mapping):
        return (), {}
    raw = body.get("errorMessages")
    texts = [each for each in raw if isinstance(each, str)] if isinstance(raw, list) else []
    if not texts and isinstance(body.get("message"), str):
        texts = [body["message"]]
    per_field = body.get("errors")
    fields = per_field if isinstance(per_field, Mapping) else {}
    return (
        tuple(text[:MESSAGE_LIMIT] for text in texts),
        {str(name): str(text)[:MESSAGE_LIMIT] for name, text in fields.items()},
    )


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds to wait, from `Retry-After` (seconds or a date) or the reset header; None if unsaid."""
    now = now or datetime.now(UTC)
    for name in ("Retry-After", "X-RateLimit-Reset"):
        text = headers.get(name, "").strip()
        seconds = _seconds(text, now) if text else None
        if seconds is not None:
            return max(0.0, seconds)
    return None


def _seconds(text: str, now: datetime) -> float | None:
    try:
        return float(text)
    except ValueError:
        moment = _moment(text)
    return None if moment is None else (moment - now).total_seconds()


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
