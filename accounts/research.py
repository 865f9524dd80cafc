"""What is known about a line from its research. Apps above say so; accounts knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One piece of evidence that came out of the line's work."""

    title: str
    href: str
    kind: str  # quantitative or qualitative
    from_customers: bool
    points: str  # for, against or unclear
    collected_by: str
    collected_date: date


@dataclass(frozen=True)
class Judgement:
    """A verdict on some of it: supported, refuted or inconclusive, by whom."""

    title: str
    href: str
    outcome: str
    by: str


@dataclass(frozen=True)
class Research:
    """Everything one app knows."""

    findings: list[Finding] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    # Where somebody goes to add to it.
    href: str = ""


Provider = Callable[[Any], Research]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let an app answer for the research of a line, with a constant number of queries."""
    if provider not in _providers:
        _providers.append(provider)


def research_of(line: Any) -> Research:
    """All of it together, the newest first."""
    found = [provide(line) for provide in _providers]
    findings = [finding for each in found for finding in each.findings]
    return Research(
        sorted(findings, key=lambda f: f.collected_date, reverse=True),
        [judgement for each in found for judgement in each.judgements],
        next((each.href for each in found if each.href), ""),
    )
