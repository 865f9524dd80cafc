"""How each required function stands on the current content. Acceptance is computed from this.

Works on one RFC and its relations only, so that gates may use it. One query per question.
The current content is `RFC.content`: one entry per section of the newest revision, written with
it under the row lock: `{slug, heading, fingerprint, material, functions}`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from config.flow.asking import asked_once

State = Literal["approved", "stale", "held", "blocked", "waiting", "recused"]
APPROVALS = ("approve", "approve_with_notes")
DECISION = "~decision"


@dataclass(frozen=True)
class Said:
    """A position as far as standing needs it. `revision` is the number it was taken on."""

    id: int
    person_id: int
    person_name: str
    stance: str
    text: str
    revision: int
    fingerprints: dict[str, str]
    at: datetime | None
    expires_at: datetime | None
    closed: bool
    on_behalf_id: int | None = None
    on_behalf_name: str = ""

    @property
    def who(self) -> str:
        """Who said it, and for whom."""
        if self.on_behalf_name:
            return _("%(who)s for %(other)s") % {
                "who": self.person_name,
                "other": self.on_behalf_name,
            }
        return self.person_name

    @property
    def approves(self) -> bool:
        return self.stance in APPROVALS

    @property
    def blocks(self) -> bool:
        return self.stance == "block" and not self.closed

    def holds(self, now: datetime) -> bool:
        return self.stance == "hold" and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True)
class Standing:
    """One function. `position` decides its state; `changed` are headings changed since then.

    `before` is what was said last where an answer is owed all the same: a hold that ended, a
    block that was closed.
    """

    function: str
    label: str
    reason: str
    state: State
    position: Said | None = None
    changed: tuple[str, ...] = field(default_factory=tuple)
    changed_slugs: tuple[str, ...] = field(default_factory=tuple)
    before: Said | None = None

    @property
    def hold_ended(self) -> bool:
        """Whether somebody held until the hold ended by itself."""
        return self.before is not None and self.before.stance == "hold"


def judged_by(function: str, content: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Fingerprints of the sections a function's approval depends on, by slug.

    Material sections that name the function or name none. Where a document has no such section
    the function judges everything.
    """
    content = list(content)
    asked = [
        part
        for part in content
        if part["material"] and (not part["functions"] or function in part["functions"])
    ]
    return {part["slug"]: part["fingerprint"] for part in asked or content}


def changed_since(said: dict[str, str], function: str, content: list[dict[str, Any]]) -> list[str]:
    """Slugs a function depends on that were changed, added or removed since it judged `said`."""
    now = judged_by(function, content)
    changed = [slug for slug, mark in now.items() if said.get(slug) != mark]
    return [*changed, *(slug for slug in said if slug not in now)]


def standing(rfc: Any, now: datetime | None = None) -> list[Standing]:
    """Every required function, in order of its name. One query."""
    return [_stand(rfc, row, now or timezone.now()) for row in required(rfc)]


@asked_once
def required(rfc: Any) -> list[Any]:
    """The required functions, each with what was said for it, newest first."""
    return list(required_rows(rfc))


def required_rows(rfc: Any) -> Any:
    """The same as a query."""
    return rfc.required_functions.annotate(
        said=_each_as_text(rfc.positions.filter(function=OuterRef("function")))
    )


def standings(rfcs: Iterable[Any], now: datetime | None = None) -> dict[int, list[Standing]]:
    """The standing of many RFCs, by id. One query however many there are."""
    known = {rfc.pk: rfc for rfc in rfcs}
    found: dict[int, list[Standing]] = {pk: [] for pk in known}
    first = next(iter(known.values()), None)
    if first is None:
        return found
    mine = first.positions.model.objects.filter(rfc=OuterRef("rfc"), function=OuterRef("function"))
    rows = first.required_functions.model.objects.filter(rfc__in=known).annotate(
        said=_each_as_text(mine)
    )
    for row in rows:
        found[row.rfc_id].append(_stand(known[row.rfc_id], row, now or timezone.now()))
    return found


def open_blocks(rfc: Any) -> list[tuple[str, Said]]:
    """Blocks that nobody closed and no later stance of the same person replaced. One query."""
    latest: dict[tuple[int, str], dict[str, Any]] = {}
    for raw in taken(rfc):
        latest.setdefault((raw["person_id"], raw["function"]), raw)
    said = [(raw["function"], _said(raw)) for raw in latest.values()]
    return [(function, each) for function, each in said if each.blocks]


@asked_once
def taken(rfc: Any) -> list[dict[str, Any]]:
    """Every position taken, newest first."""
    return list(taken_rows(rfc))


def taken_rows(rfc: Any) -> Any:
    """The same as a query."""
    return _positions(rfc.positions.all(), function="function")


def _each_as_text(positions: Any) -> ArraySubquery:
    """Positions in one column, newest first; as text, which arrives the same from any statement."""
    shape = Cast(_shape(), TextField())
    return ArraySubquery(positions.order_by("-at", "-id").values_list(shape, flat=True))


def _positions(positions: Any, **more: str) -> Any:
    """Positions as JSON objects, newest first."""
    return positions.order_by("-at", "-id").values_list(_shape(**more), flat=True)


def _shape(**more: str) -> JSONObject:
    return JSONObject(
        id="id",
        person_id="person_id",
        person_name="person_name",
        stance="stance",
        text="text",
        revision="revision__number",
        fingerprints="fingerprints",
        at="at",
        expires_at="expires_at",
        closed_at="closed_at",
        on_behalf_id="on_behalf_of_id",
        on_behalf_name="on_behalf_name",
        **more,
    )


def _said(raw: dict[str, Any]) -> Said:
    return Said(
        id=raw["id"],
        person_id=raw["person_id"],
        person_name=raw["person_name"],
        stance=raw["stance"],
        text=raw["text"],
        revision=raw["revision"],
        fingerprints=raw["fingerprints"],
        at=_moment(raw["at"]),
        expires_at=_moment(raw["expires_at"]),
        closed=raw["closed_at"] is not None,
        on_behalf_id=raw["on_behalf_id"],
        on_behalf_name=raw["on_behalf_name"],
    )


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _stand(rfc: Any, row: Any, now: datetime) -> Standing:
    latest: dict[int, Said] = {}
    for said in map(_said, map(json.loads, row.said)):
        latest.setdefault(said.person_id, said)
    function = row.function
    state, position, slugs = _judge(function, list(latest.values()), rfc.content, now)
    names = {part["slug"]: part["heading"] for part in rfc.content}
    changed = tuple(names.get(slug) or slug.replace("-", " ").capitalize() for slug in slugs)
    label = row.get_function_display()
    before = next(iter(latest.values()), None) if state == "waiting" else None
    return Standing(function, label, row.reason, state, position, changed, tuple(slugs), before)


def _judge(
    function: str, said: list[Said], content: list[dict[str, Any]], now: datetime
) -> tuple[State, Said | None, list[str]]:
    """The state, the position that decides it, and what changed; `said` is newest first."""
    blocks = next((each for each in said if each.blocks), None)
    if blocks:
        return "blocked", blocks, []
    holds = next((each for each in said if each.holds(now)), None)
    if holds:
        return "held", holds, []
    approvals = [
        (each, changed_since(each.fingerprints, function, content))
        for each in said
        if each.approves
    ]
    valid = next((each for each, changed in approvals if not changed), None)
    if valid:
        return "approved", valid, []
    if approvals:
        return "stale", approvals[0][0], approvals[0][1]
    recused = next((each for each in said if each.stance == "recuse"), None)
    return ("recused", recused, []) if recused else ("waiting", None, [])
