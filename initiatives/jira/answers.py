"""Jira's answers as small frozen values, read tolerantly: missing and null fields are normal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from initiatives.jira.errors import Refused

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Account:
    """Who the credentials are. `id` is the accountId; empty means nobody is signed in."""

    id: str
    name: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Created:
    """A new issue: its numeric id is its identity, the key is for people."""

    id: str
    key: str


@dataclass(frozen=True)
class Bulk:
    """What a bulk create did, by 0-based position in the request; the two never overlap."""

    created: dict[int, Created]
    refused: dict[int, Refused]


@dataclass(frozen=True)
class Issue:
    """An issue as read. `fields` holds only what was asked for."""

    id: str
    key: str
    fields: Json = field(default_factory=dict)
    properties: Json = field(default_factory=dict)

    @property
    def updated(self) -> str:
        return str(self.fields.get("updated") or "")

    @property
    def status(self) -> "Status":
        return status(self.fields.get("status"))


@dataclass(frozen=True)
class Status:
    """`category` is new, indeterminate, done or empty (unknown)."""

    id: str
    name: str = ""
    category: str = ""


@dataclass(frozen=True)
class Transition:
    """A step the issue could take now. `required` are the screen fields it insists on."""

    id: str
    name: str
    to: Status
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One page of a search. `next` is empty on the last page."""

    issues: tuple[Issue, ...]
    next: str = ""


@dataclass(frozen=True)
class Fetched:
    """A bulk fetch: what was read, and the ids that are gone or not visible."""

    issues: tuple[Issue, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class BoardConfiguration:
    """`estimation_field` is the field id the board counts points with, or empty."""

    id: int
    kind: str
    estimation_field: str = ""


@dataclass(frozen=True)
class Sprint:
    """`state` is future, active or closed."""

    id: int
    name: str
    state: str


@dataclass(frozen=True)
class Attachment:
    id: str
    name: str
    bytes: int


def account(body: Json) -> Account:
    return Account(
        id=str(body.get("accountId") or body.get("key") or ""),
        name=str(body.get("displayName") or ""),
        zone=str(body.get("timeZone") or ""),
    )


def created(body: Json) -> Created:
    return Created(id=str(body["id"]), key=str(body.get("key") or ""))


def bulk(body: Json, sent: int) -> Bulk:
    """Map a bulk answer to positions: failed numbers are removed first, then the rest in order.

    Raises ValueError when successes and failures do not add up to what was sent.
    """
    refused = {
        int(each["failedElementNumber"]): _element(each) for each in body.get("errors") or []
    }
    places = [number for number in range(sent) if number not in refused]
    issues = [created(each) for each in body.get("issues") or []]
    if len(places) != len(issues):
        message = f"{len(issues)} issues and {len(refused)} errors do not make {sent}."
        raise ValueError(message)
    return Bulk(created=dict(zip(places, issues, strict=True)), refused=refused)


def _element(each: Json) -> Refused:
    said = each.get("elementErrors") or {}
    return Refused(
        operation="bulk create",
        status=int(each.get("status") or 400),
        messages=tuple(map(str, said.get("errorMessages") or ())),
        fields={str(key): str(value) for key, value in (said.get("errors") or {}).items()},
    )


def issue(body: Json) -> Issue:
    return Issue(
        id=str(body["id"]),
        key=str(body.get("key") or ""),
        fields=body.get("fields") or {},
        properties=body.get("properties") or {},
    )


def status(body: Any) -> Status:
    body = body or {}
    category = (body.get("statusCategory") or {}).get("key") or ""
    return Status(
        id=str(body.get("id") or ""), name=str(body.get("name") or ""), category=str(category)
    )


def found(body: Json) -> Found:
    """The end is `isLast`, a missing token or an empty page, whichever comes first."""
    issues = tuple(issue(each) for each in body.get("issues") or ())
    token = str(body.get("nextPageToken") or "")
    ended = body.get("isLast") is True or not issues
    return Found(issues=issues, next="" if ended else token)


def fetched(body: Json) -> Fetched:
    return Fetched(
        issues=tuple(issue(each) for each in body.get("issues") or ()),
        missing=tuple(str(each.get("id") or "") for each in body.get("issueErrors") or ()),
    )


def transition(body: Json) -> Transition:
    fields = body.get("fields") or {}
    return Transition(
        id=str(body["id"]),
        name=str(body.get("name") or ""),
        to=status(body.get("to")),
        required=tuple(
            name
            for name, said in fields.items()
            if said.get("required") and not said.get("hasDefaultValue")
        ),
    )


def board(body: Json) -> Board:
    return Board(
        id=int(body["id"]), name=str(body.get("name") or ""), kind=str(body.get("type") or "")
    )


def board_configuration(body: Json) -> BoardConfiguration:
    estimated = ((body.get("estimation") or {}).get("field") or {}).get("fieldId") or ""
    return BoardConfiguration(
        id=int(body["id"]), kind=str(body.get("type") or ""), estimation_field=str(estimated)
    )


def sprint(body: Json) -> Sprint:
    return Sprint(
        id=int(body["id"]), name=str(body.get("name") or ""), state=str(body.get("state") or "")
    )


def attachment(body: Json) -> Attachment:
    return Attachment(
        id=str(body["id"]), name=str(body.get("filename") or ""), bytes=int(body.get("size") or 0)
    )
