"""Raw metadata to the fields of a document, with a sentence for all that found no place."""

import re
from typing import Any

from rfc.importing.dates import read_date
from rfc.importing.documents import Metadata
from rfc.importing.heads import FIELDS, normal
from rfc.importing.people import people
from rfc.importing.plainyaml import Value
from rfc.importing.statuses import GENERAL, KEP, read_status

PEOPLE = ("authors", "reviewers", "approvers")
REFERENCES = ("replaces", "superseded_by", "see_also")
_PLACEHOLDER = re.compile(
    r"(?:|n/?a|none|nil|null|~|-+|\?+|tbd|tba|todo|unknown|unassigned|n{3,}|x{3,}|yyyy-mm-dd|"
    r"\(?\s*(?:leave this empty|fill me in.*|to be .*)\)?|sig-xyz|\[\]|\{\})\.?",
    re.IGNORECASE | re.DOTALL,
)


def mapped(values: dict[str, Value], *, kep: bool, default_status: str) -> Metadata:
    """Every value either fills a field or is named in `unmapped`."""
    result = Metadata()
    taken: set[str] = set()
    for name, value in values.items():
        target = FIELDS.get(normal(name))
        if target is None:
            result.unmapped.append(_no_field(name, value))
        elif target in taken:
            result.unmapped.append(f"\u201c{name}\u201d repeats a field and is not kept.")
        elif (items := _items(name, value, result)) or target == "status":
            taken.add(target)
            _fill(result, target, name, items)
    _settle_status(result, KEP if kep else GENERAL, default_status)
    result.participating_teams = tuple(
        team for team in result.participating_teams if team != result.owning_team
    )
    return result


def _no_field(name: str, value: Value) -> str:
    said = _spelled(value)
    if _PLACEHOLDER.fullmatch(said.strip()):
        return f"\u201c{name}\u201d has no field here and is empty."
    return f"\u201c{name}\u201d has no field here: {said[:300]}"


def _spelled(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_spelled(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(_spelled(item) for item in value)
    return " ".join(str(value).split())


def _items(name: str, value: Value, result: Metadata) -> list[str]:
    """The value as texts, without placeholders; those are named in `unmapped`."""
    if isinstance(value, dict):
        result.unmapped.append(f"\u201c{name}\u201d is not a text or list: {_spelled(value)[:300]}")
        return []
    texts = [_spelled(item) for item in (value if isinstance(value, list) else [value])]
    items = [text for text in texts if not _PLACEHOLDER.fullmatch(text.strip().strip("\"'`"))]
    empty = sorted({text.strip() for text in texts if text not in items} - {""})
    if empty:
        said = ", ".join(empty)
        result.unmapped.append(f"\u201c{name}\u201d holds only a placeholder: {said}.")
    elif not items:
        result.unmapped.append(f"\u201c{name}\u201d is empty.")
    return items


def _fill(result: Metadata, target: str, name: str, items: list[str]) -> None:
    if target in PEOPLE:
        found, notes = people(items, name)
        setattr(result, target, found)
        result.unmapped += notes
    elif target in REFERENCES:
        pieces = items if len(items) > 1 else re.split(r"\s*[,;]\s*", items[0])
        setattr(result, target, tuple(dict.fromkeys(p.strip("() ") for p in pieces if p)))
    elif target == "participating_teams":
        pieces = items if len(items) > 1 else re.split(r"\s*[,;]\s*", items[0])
        result.participating_teams = tuple(dict.fromkeys(p for p in pieces if p))
    elif target == "created":
        result.created = read_date(items[0])
        if result.created is None:
            result.unmapped.append(f"\u201c{name}\u201d is not a date: {items[0][:80]}.")
    else:
        setattr(result, "status_raw" if target == "status" else target, " ".join(items))


def _settle_status(result: Metadata, table: dict[str, str], default: str) -> None:
    result.status, notes = read_status(result.status_raw, table, default)
    result.unmapped += notes
