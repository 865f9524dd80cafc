"""Compare and decide, field by field: desired here, last synced, seen in Jira. Pure.

| desired vs synced | Jira vs synced | act |
|---|---|---|
| same | same | nothing |
| changed | same | send |
| same | changed | ours: drift; Jira's: take in |
| changed | changed | equal: note as synced; else conflict, by the field's rule |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from initiatives.jira.mapping import Name


class Owner(StrEnum):
    GATELINE = "gateline"
    JIRA = "jira"


class Rule(StrEnum):
    """What happens to drift and conflict of a field we own (J10)."""

    ASK = "ask"
    OURS = "ours"
    THEIRS = "theirs"


class Act(StrEnum):
    NOTHING = "nothing"
    SEND = "send"
    TAKE_IN = "take in"
    NOTE = "note as synced"
    DRIFT = "drift"
    CONFLICT = "conflict"


OWNERS: Mapping[Name, Owner] = {
    Name.SUMMARY: Owner.GATELINE,
    Name.DESCRIPTION: Owner.GATELINE,
    Name.CRITERIA: Owner.GATELINE,
    Name.LABELS: Owner.GATELINE,
    Name.PARENT: Owner.GATELINE,
    Name.POINTS: Owner.JIRA,
    Name.STATUS: Owner.JIRA,
}


@dataclass(frozen=True)
class Synced:
    """What was true after our last write: the hash of our source, the fingerprint of Jira's text."""

    source: str = ""
    read_back: str = ""


def decide(
    *,
    desired: str | None,
    synced: Synced,
    seen: str | None,
    owner: Owner = Owner.GATELINE,
    rule: Rule = Rule.ASK,
    rendered: str | None = None,
) -> Act:
    """The act for one field. All values are hashes.

    `desired` None: we want nothing of this field. `seen` None: it was not read, so it counts as
    unchanged. `rendered` is the fingerprint of what we would send, to see that both sides agree.
    """
    here = desired is not None and desired != synced.source
    there = seen is not None and seen != synced.read_back
    if not there:
        return Act.SEND if here else Act.NOTHING
    if rendered is not None and rendered == seen:
        return Act.NOTE
    if owner is Owner.JIRA:
        return Act.TAKE_IN
    if rule is Rule.ASK:
        return Act.CONFLICT if here else Act.DRIFT
    return Act.SEND if rule is Rule.OURS else Act.TAKE_IN


def compare(
    *,
    desired: Mapping[Name, str],
    synced: Mapping[Name, Synced],
    seen: Mapping[Name, str],
    rendered: Mapping[Name, str] | None = None,
    owners: Mapping[Name, Owner] = OWNERS,
    rules: Mapping[Name, Rule] | None = None,
) -> dict[Name, Act]:
    """The act of every field that is wanted, was synced or was seen; nothing is left out."""
    names = [name for name in Name if name in desired or name in synced or name in seen]
    return {
        name: decide(
            desired=desired.get(name),
            synced=synced.get(name, Synced()),
            seen=seen.get(name),
            owner=owners.get(name, Owner.GATELINE),
            rule=(rules or {}).get(name, Rule.ASK),
            rendered=(rendered or {}).get(name),
        )
        for name in names
    }


def to_send(acts: Mapping[Name, Act]) -> set[Name]:
    return {name for name, act in acts.items() if act is Act.SEND}


def open_questions(acts: Mapping[Name, Act]) -> dict[Name, Act]:
    """Drift and conflict: what a person decides."""
    return {name: act for name, act in acts.items() if act in {Act.DRIFT, Act.CONFLICT}}
