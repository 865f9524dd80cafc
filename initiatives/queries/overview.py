"""What the overview of an initiative shows beside its steps: promise, evidence, RFCs, place."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from config.batch import Asker
from config.flow.gates import Missing
from config.flow.steps import StepView
from initiatives.evidence_rules import strength
from initiatives.models import Initiative, RankingEntry

QUOTES = 3


@dataclass(frozen=True)
class EvidenceSummary:
    """Counts by direction and by strength, and what to quote: against first never hides."""

    pro: int
    contra: int
    unclear: int
    measured: int
    reported: int
    assumed: int
    quotes: list[Any]

    @property
    def count(self) -> int:
        return self.pro + self.contra + self.unclear


def ask_evidence(initiative: Initiative) -> Asker:
    """The evidence in numbers and three voices, one of them against where there is one."""
    yield _summary((yield initiative.evidence.filter(archived_at=None)))


def _summary(items: list[Any]) -> EvidenceSummary:
    points = [e.points for e in items]
    strengths = [strength(e) for e in items]
    return EvidenceSummary(
        points.count("for"),
        points.count("against"),
        points.count("unclear"),
        strengths.count("measured"),
        strengths.count("reported"),
        strengths.count("assumed"),
        _voices(items),
    )


def _voices(items: list[Any]) -> list[Any]:
    against = [e for e in items if e.points == "against"][:1]
    others = [e for e in items if e.points != "against"]
    quoted = sorted(others, key=lambda e: not e.quote)
    return [*quoted[: QUOTES - len(against)], *against]


def rfcs(initiative: Initiative) -> QuerySet[Any]:
    """The RFCs about it, newest first."""
    found: QuerySet[Any] = initiative.rfcs.select_related("superseded_by").order_by("-number")
    return found


def ranking_places(initiative: Initiative) -> QuerySet[RankingEntry]:
    """Its place in the committed ranking of its line, one row or none."""
    found: QuerySet[RankingEntry] = initiative.ranking_entries.filter(
        ranking__phase="committed", ranking__line=initiative.line_id
    ).select_related("ranking__line", "lane")
    return found[:1]


# The last part of a link says what the button does.
MENDS = {
    "#hypothesis": _("Write it"),
    "#verdict": _("See the evidence"),
    "#promise": _("Make the promise"),
    "#lines": _("Name the line"),
    "#targets": _("Open targets"),
    "#grid": _("Fill the grid"),
    "#studies": _("Open studies"),
    "#skip": _("State why"),
    "#tickets": _("Open tickets"),
    "#architecture": _("Write it"),
    "#sign-offs": _("Open sign-offs"),
    "#sprint": _("Choose a sprint"),
    "#id_owner": _("Name an owner"),
    "#id_line": _("Choose the line"),
    "/duplicates": _("Look at them"),
    "/evidence": _("Add evidence"),
    "/ranking": _("Open ranking"),
    "/referral": _("Open referral"),
    "/rfc": _("Open the RFC"),
    "/design": _("Open design"),
    "/push": _("Push to Jira"),
}


@dataclass(frozen=True)
class Mend(Missing):
    """A missing thing whose button says what it does."""

    action: str = ""


def ways_to_mend(steps: Iterable[StepView]) -> list[StepView]:
    """The same steps, each missing thing with the words of the button that mends it."""
    return [replace(s, requirements=[_with_words(r) for r in s.requirements]) for s in steps]


def _with_words(requirement: Any) -> Any:
    mends = [Mend(**vars(m), action=_action(m.link)) for m in requirement.missing]
    return replace(requirement, missing=mends)


def _action(link: str) -> str:
    if "#id_source" in link:
        return str(_("Answer it"))
    if "/waivers" in link:
        return str(_("Grant an exception"))
    otherwise = _("Open the RFC") if link.startswith("/rfcs/") else _("Open")
    return str(next((words for end, words in MENDS.items() if link.endswith(end)), otherwise))
