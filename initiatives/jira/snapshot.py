"""What an item remembers of Jira: per field the hash of our text, of Jira's, and words for people.

Lives here: packing into the item's JSON columns and reading them. Calls nobody, saves nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from initiatives.jira import adf
from initiatives.jira.compare import Act, Rule, Synced
from initiatives.jira.mapping import DesiredIssue, Name, labels_of, source_hashes
from initiatives.models import JiraItem

SHOWN = 4000


def synced_of(item: JiraItem) -> dict[Name, Synced]:
    """Per field what was true after our last write."""
    kept = item.snapshot.get("fields", {})
    return {
        Name(n): Synced(each.get("source", ""), each.get("seen", "")) for n, each in kept.items()
    }


def synced_labels(item: JiraItem) -> tuple[str, ...]:
    """The labels of ours that Jira was last given."""
    return tuple(item.snapshot.get("labels", ()))


def shown_before(item: JiraItem) -> dict[str, str]:
    """Per field our text as last sent, for differences a person reads."""
    return {n: each.get("text", "") for n, each in item.snapshot.get("fields", {}).items()}


def texts(desired: DesiredIssue) -> dict[Name, str]:
    """Per field our text in words a person reads."""
    return {
        Name.SUMMARY: desired.summary,
        Name.DESCRIPTION: f"{desired.link_label}\n{desired.description}"[:SHOWN],
        Name.CRITERIA: "\n".join(each.text for each in desired.criteria)[:SHOWN],
        Name.LABELS: " ".join(labels_of(desired)),
        Name.PARENT: desired.parent_marker,
        Name.POINTS: "" if desired.points is None else format(desired.points.normalize(), "f"),
    }


def pack(
    item: JiraItem,
    desired: DesiredIssue,
    seen: Mapping[Name, str],
    settled: Iterable[Name],
    *,
    labels_sent: bool,
) -> dict[str, Any]:
    """The snapshot after a write or a read: `settled` fields are in step, the others as before."""
    kept = dict(item.snapshot.get("fields", {}))
    hashes, words = source_hashes(desired), texts(desired)
    for name in settled:
        kept[name.value] = {
            "source": hashes.get(name, ""),
            "seen": seen.get(name, ""),
            "text": words.get(name, ""),
        }
    labels = labels_of(desired) if labels_sent else list(synced_labels(item))
    return {"fields": kept, "labels": labels}


def rules_chosen(item: JiraItem) -> dict[Name, Rule]:
    """What a person decided about a field that Jira changed; asked again for the next change."""
    return {Name(n): Rule(each["rule"]) for n, each in item.drift.items() if each.get("rule")}


def drift_of(
    acts: Mapping[Name, Act], desired: DesiredIssue, fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields a person decides about: what both sides say."""
    ours = texts(desired)
    return {
        name.value: {"act": act.value, "ours": ours.get(name, ""), "theirs": words_of(fields, name)}
        for name, act in acts.items()
        if act in {Act.DRIFT, Act.CONFLICT}
    }


def words_of(fields: Mapping[str, Any], name: Name) -> str:
    """Jira's value in words a person reads."""
    value = fields.get("description" if name is Name.CRITERIA else name.value)
    if isinstance(value, Mapping) and value.get("type") == "doc":
        return adf.words(value.get("content") or [])[:SHOWN]
    if isinstance(value, Mapping):
        return str(value.get("key") or value.get("name") or value.get("id") or "")
    if isinstance(value, list):
        return " ".join(map(str, value))[:SHOWN]
    return "" if value is None else str(value)[:SHOWN]
