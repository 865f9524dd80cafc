"""Pure: an item of Gateline to what should stand in Jira, and that to requests.

Lives here: plain values in, plain values out. Does not live here: rows, calls, decisions about
drift (see `compare.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from initiatives.jira import adf, text
from initiatives.jira.catalogue import (
    Catalogue,
    IssueType,
    Level,
    default_type,
    epic_name_field,
    points_field,
    unfilled,
)
from initiatives.jira.text import Criterion

PROPERTY = "gateline"
SUMMARY_LIMIT = 255


class Name(StrEnum):
    """The fields that are compared one by one."""

    SUMMARY = "summary"
    DESCRIPTION = "description"
    CRITERIA = "criteria"
    LABELS = "labels"
    PARENT = "parent"
    POINTS = "points"
    STATUS = "status"


@dataclass(frozen=True)
class DesiredIssue:
    """What Gateline wants one issue to say. Nothing here comes from Jira.

    `marker` is the label that finds it again; `subject` the local name (for example "ticket:12");
    `parent_marker` is empty for an epic; `description` and `criteria` are source texts.
    """

    marker: str
    subject: str
    level: Level
    summary: str
    description: str = ""
    criteria: tuple[Criterion, ...] = ()
    labels: tuple[str, ...] = ()
    points: Decimal | None = None
    parent_marker: str = ""
    link: str = ""
    link_label: str = "Open in Gateline"
    revision: str = ""


@dataclass(frozen=True)
class Rules:
    """What a connection chose. `criteria_field` empty puts criteria into the description (J77)."""

    types: Mapping[int, str] = field(default_factory=dict)
    criteria_field: str = ""
    description_limit: int = text.LIMIT


def default_rules(catalogue: Catalogue) -> Rules:
    """The rules before a person chose: a suggested type for each level, criteria as a section."""
    found = {int(level): default_type(catalogue, level) for level in Level}
    return Rules(types={level: kind.id for level, kind in found.items() if kind})


@dataclass(frozen=True)
class Composed:
    """A create ready to send, or why it cannot be: refusals stop it, warnings only tell."""

    fields: dict[str, Any]
    properties: dict[str, Any]
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def marker_label(prefix: str, marker: str) -> str:
    """The label form of a marker: no white space, at most 255 characters."""
    return f"{prefix}{marker}"[:255]


def safe_label(label: str) -> str:
    """A label Jira takes: white space becomes a hyphen."""
    return "-".join(text.clean(label).split())[:255]


def labels_of(desired: DesiredIssue) -> list[str]:
    """Our labels, the marker first, without doubles."""
    wanted = [desired.marker, *map(safe_label, desired.labels)]
    return list(dict.fromkeys(label for label in wanted if label))


def property_of(desired: DesiredIssue) -> dict[str, Any]:
    """The issue property that travels with the create: local id, revision, content hash."""
    return {
        "local": desired.subject,
        "marker": desired.marker,
        "revision": desired.revision,
        "content": content_hash(desired),
    }


def content_hash(desired: DesiredIssue) -> str:
    """One hash over all sources; equal while nothing was changed here."""
    return _hash({name.value: hashed for name, hashed in source_hashes(desired).items()})


def source_hashes(desired: DesiredIssue) -> dict[Name, str]:
    """A hash of the source of each field we own (J11)."""
    listed = [[each.text, each.met] for each in desired.criteria]
    sources: dict[Name, Any] = {
        Name.SUMMARY: desired.summary,
        Name.DESCRIPTION: [desired.description, desired.link, desired.link_label],
        Name.CRITERIA: listed,
        Name.LABELS: sorted(labels_of(desired)),
        Name.PARENT: desired.parent_marker,
        Name.POINTS: _points_text(desired.points),
    }
    return {name: _hash(source) for name, source in sources.items()}


def _hash(value: Any) -> str:
    packed = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8", "replace")).hexdigest()


def _points_text(points: Decimal | None) -> str:
    return "" if points is None else format(points.normalize(), "f")


def compose(
    desired: DesiredIssue, catalogue: Catalogue, rules: Rules, *, parent_id: str = ""
) -> Composed:
    """The create for an item. `parent_id` is the issue id of the parent, once it has one."""
    kind = catalogue.type(rules.types.get(int(desired.level), ""))
    if kind is None:
        level = {1: "an epic", 0: "a story", -1: "a sub-task"}.get(int(desired.level), "this")
        said = f"The connection names no issue type for {level}. Choose one on its page."
        return Composed({}, {}, refusals=(said,))
    wanted = render(desired, catalogue, kind, rules, parent_id=parent_id)
    offered = {"project", "issuetype", "summary", *(each.id for each in kind.fields)}
    fields = {name: value for name, value in wanted.items() if name in offered}
    return Composed(
        fields=fields,
        properties={PROPERTY: property_of(desired)},
        warnings=tuple(_warnings(desired, catalogue, kind, set(wanted) - offered)),
        refusals=tuple(_refusals(desired, kind, fields, parent_id)),
    )


def render(
    desired: DesiredIssue,
    catalogue: Catalogue,
    kind: IssueType,
    rules: Rules,
    *,
    parent_id: str = "",
) -> dict[str, Any]:
    """Every field we would send, in Jira's form, whether or not the screen offers it."""
    fields: dict[str, Any] = {
        "project": {"id": catalogue.project_id},
        "issuetype": {"id": kind.id},
        "summary": summary_of(desired),
        "description": description_of(desired, rules),
        "labels": labels_of(desired),
    }
    if parent_id:
        fields["parent"] = {"id": parent_id}
    if rules.criteria_field and desired.criteria:
        fields[rules.criteria_field] = criteria_of(desired)
    points = points_field(catalogue, kind)
    if points and desired.points is not None:
        fields[points] = float(desired.points)
    if named := epic_name_field(kind):
        fields[named] = summary_of(desired)
    return fields


def summary_of(desired: DesiredIssue) -> str:
    return text.one_line(desired.summary, SUMMARY_LIMIT)


def description_of(desired: DesiredIssue, rules: Rules) -> adf.Node:
    return text.describe(
        desired.description,
        local_id=desired.marker,
        link=desired.link,
        link_label=desired.link_label,
        criteria=() if rules.criteria_field else desired.criteria,
        limit=rules.description_limit,
    )


def criteria_of(desired: DesiredIssue) -> adf.Node:
    return adf.doc(text.criteria_section(desired.criteria, local_id=desired.marker))


def _warnings(
    desired: DesiredIssue, catalogue: Catalogue, kind: IssueType, left_out: set[str]
) -> list[str]:
    said = [f"{name} is not on the screen of {kind.name} and is left out." for name in left_out]
    if desired.points is not None and not points_field(catalogue, kind):
        more = "they are set through the board." if catalogue.board else "they are left out."
        said.append(f"The screen of {kind.name} has no field for story points; {more}")
    if len(" ".join(desired.summary.split())) > SUMMARY_LIMIT:
        said.append(f"The title is cut to {SUMMARY_LIMIT} characters.")
    return said


def _refusals(
    desired: DesiredIssue, kind: IssueType, fields: Mapping[str, Any], parent_id: str
) -> list[str]:
    said = [
        f"Jira insists on “{each.name}” for {kind.name}, and nothing fills it."
        for each in unfilled(kind, fields)
    ]
    if not fields.get("summary"):
        said.append("The title is empty.")
    if desired.level is Level.SUBTASK and not (parent_id or desired.parent_marker):
        said.append("A sub-task needs a parent.")
    return said


def needs_estimate(desired: DesiredIssue, catalogue: Catalogue, kind: IssueType) -> bool:
    """True when points go through the board because the create screen has no field for them."""
    missing = desired.points is not None and not points_field(catalogue, kind)
    return missing and bool(catalogue.board) and bool(catalogue.board_points)


def edit_body(
    desired: DesiredIssue,
    changed: set[Name],
    catalogue: Catalogue,
    rules: Rules,
    *,
    parent_id: str = "",
    synced_labels: tuple[str, ...] = (),
) -> tuple[dict[str, Any], dict[str, Any]]:
    """`fields` and `update` of one PUT with the changed fields only (J12); either may be empty.

    `synced_labels` are the labels of ours that Jira was last given; foreign ones are never touched.
    """
    kind = catalogue.type(rules.types.get(int(desired.level), ""))
    points = points_field(catalogue, kind) if kind else ""
    fields: dict[str, Any] = {}
    if Name.SUMMARY in changed:
        fields["summary"] = summary_of(desired)
    if Name.DESCRIPTION in changed or (Name.CRITERIA in changed and not rules.criteria_field):
        fields["description"] = description_of(desired, rules)
    if Name.CRITERIA in changed and rules.criteria_field:
        fields[rules.criteria_field] = criteria_of(desired)
    if Name.PARENT in changed and parent_id:
        fields["parent"] = {"id": parent_id}
    if Name.POINTS in changed and points:
        fields[points] = None if desired.points is None else float(desired.points)
    verbs = label_verbs(labels_of(desired), synced_labels) if Name.LABELS in changed else []
    return fields, ({"labels": verbs} if verbs else {})


def label_verbs(wanted: list[str], synced: tuple[str, ...]) -> list[dict[str, str]]:
    """Add what is new of ours, remove what was ours; what others added stays."""
    add = [{"add": label} for label in wanted if label not in synced]
    return [*add, *({"remove": label} for label in synced if label not in wanted)]


def read_back(
    fields: Mapping[str, Any], desired: DesiredIssue, catalogue: Catalogue, rules: Rules
) -> dict[Name, str]:
    """A fingerprint per field of what Jira shows now, to be kept after a write (J11).

    Of the labels only ours count, so that a foreign label is no drift.
    """
    kind = catalogue.type(rules.types.get(int(desired.level), ""))
    points = points_field(catalogue, kind) if kind else ""
    points = points or catalogue.board_points
    ours = sorted(set(labels_of(desired)) & set(fields.get("labels") or ()))
    shown: dict[Name, Any] = {
        Name.SUMMARY: fields.get("summary"),
        Name.DESCRIPTION: fields.get("description"),
        Name.LABELS: ours,
        Name.PARENT: str((fields.get("parent") or {}).get("id") or ""),
        Name.STATUS: str((fields.get("status") or {}).get("id") or ""),
    }
    if points:
        shown[Name.POINTS] = fields.get(points)
    if rules.criteria_field:
        shown[Name.CRITERIA] = fields.get(rules.criteria_field)
    return {name: adf.fingerprint(value) for name, value in shown.items()}


def read_fields(catalogue: Catalogue, rules: Rules) -> list[str]:
    """The fields every read names (J41)."""
    points = {points_field(catalogue, kind) for kind in catalogue.types}
    wanted = ["summary", "description", "labels", "parent", "status", "resolution", "updated"]
    wanted += ["created", "issuetype", "project", "assignee"]
    more = sorted({*points, catalogue.board_points, rules.criteria_field} - {""})
    return [*wanted, *more]
