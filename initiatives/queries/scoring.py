"""Reads of scores: which version counts, what a score rests on, how it stands today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from config.flow.errors import NotAllowed
from initiatives.confidence import Earned, earn
from initiatives.evidence_rules import strength
from initiatives.models import (
    Evidence,
    FrameworkVersion,
    LineScoring,
    ScoreInput,
    ScoringFramework,
)
from initiatives.scoring import Score

DEFAULT = "rice"
NONE_LOADED = "No scoring framework is loaded; run manage.py ship_defaults."
STRENGTHS = ("measured", "reported", "assumed")


@dataclass(frozen=True)
class Basis:
    """A score as it stands today and what it rests on.

    `parts` is the share of the score by strength, adding up to 1; `scored_at` the newest input.
    """

    version: FrameworkVersion
    score: Score
    earned: Earned
    parts: dict[str, float]
    inputs: dict[str, ScoreInput] = field(default_factory=dict)
    scored_at: datetime | None = None

    @property
    def stale(self) -> bool:
        """Scored longer ago than evidence may be old, or resting on evidence that faded."""
        if self.scored_at is None:
            return False
        days = (timezone.now() - self.scored_at).days
        return days > settings.STALE_EVIDENCE_DAYS or self.earned.faded

    @property
    def missing_words(self) -> str:
        """What lacks, in words: "reach and confidence"."""
        if self.score.reason:
            return self.score.reason
        ready = self.version.ready
        labels = [ready.label(name).lower() for name in self.score.missing]
        return " and ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))


def frameworks() -> Any:
    """Every framework with its newest version first."""
    newest = FrameworkVersion.objects.select_related("published_by").order_by("-number")
    return ScoringFramework.objects.prefetch_related(Prefetch("versions", queryset=newest))


def version_for(line_id: int | None) -> FrameworkVersion:
    """The version that new scores of a line are made with."""
    chosen = LineScoring.objects.filter(line=line_id).values("framework")[:1]
    rows = FrameworkVersion.objects.select_related("framework").order_by("-number")
    found = rows.filter(framework__in=chosen).first() if line_id else None
    found = found or rows.filter(framework__slug=DEFAULT).first()
    if found is None:
        raise NotAllowed(NONE_LOADED)
    return found


def versions_by_line() -> dict[int, FrameworkVersion]:
    """Line → version that counts, for the lines that chose; two queries."""
    newest = _newest()
    chosen = LineScoring.objects.values_list("line", "framework")
    return {line: newest[framework] for line, framework in chosen if framework in newest}


def _newest() -> dict[int, FrameworkVersion]:
    """Framework → its newest version."""
    rows = FrameworkVersion.objects.select_related("framework").order_by("number")
    return {version.framework_id: version for version in rows}


def earned_from(evidence: Iterable[Any]) -> Earned:
    """The confidence that evidence earns today."""
    return earn(evidence, timezone.localdate(), settings.STALE_EVIDENCE_DAYS)


def basis_of(
    version: FrameworkVersion, inputs: Mapping[str, ScoreInput], evidence: Iterable[Evidence]
) -> Basis:
    """The score of the newest input per factor and what it rests on. No query."""
    live = [e for e in evidence if e.archived_at is None]
    ready, earned = version.ready, earned_from(live)
    used = {name: inputs[name] for name in ready.names if name in inputs}
    return Basis(
        version=version,
        score=ready.score(used, earned.percent),
        earned=earned,
        parts=_parts(used, live if ready.uses_confidence else []),
        inputs=used,
        scored_at=max((given.at for given in used.values()), default=None),
    )


def input_strength(given: ScoreInput) -> str:
    """The best of the evidence an input names; without any it is assumed."""
    found = {strength(e) for e in given.rests_on if e.archived_at is None}
    return next((name for name in STRENGTHS if name in found), "assumed")


def _parts(inputs: Mapping[str, ScoreInput], live: list[Evidence]) -> dict[str, float]:
    """Every input weighs the same; the evidence behind the confidence weighs as one more."""
    counts: dict[str, float] = dict.fromkeys(STRENGTHS, 0.0)
    for given in inputs.values():
        counts[input_strength(given)] += 1
    for item in live:
        counts[strength(item)] += 1 / len(live)
    total = sum(counts.values()) or 1
    return {name: round(count / total, 4) for name, count in counts.items()}


def inputs_of(
    ids: Iterable[int], evidence: Mapping[int, list[Evidence]] | None = None
) -> dict[int, dict[str, ScoreInput]]:
    """Initiative → factor → the newest input, with its evidence; two queries.

    Who read the evidence already hands it in; then authors are not read either.
    """
    found: dict[int, dict[str, ScoreInput]] = defaultdict(dict)
    rows = (
        ScoreInput.objects.filter(initiative__in=list(ids))
        .order_by("initiative_id", "factor", "-at", "-pk")
        .distinct("initiative_id", "factor")
        .prefetch_related("more_evidence")
    )
    if evidence is None:
        rows = rows.select_related("evidence", "author")
    known = {item.pk: item for items in (evidence or {}).values() for item in items}
    for given in rows:
        if given.evidence_id in known:
            given.evidence = known[given.evidence_id]
        found[given.initiative_id][given.factor] = given
    return found


def bases(initiatives: Iterable[Any]) -> dict[int, Basis]:
    """What the scores of these initiatives rest on today; five queries whatever their number."""
    rows = list(initiatives)
    ids = [row.pk for row in rows]
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in Evidence.objects.filter(initiative__in=ids).order_by():
        evidence[item.initiative_id].append(item)
    inputs = inputs_of(ids, evidence)
    wanted = {row.score_version_id for row in rows}
    versions = FrameworkVersion.objects.select_related("framework").in_bulk(
        [pk for pk in wanted if pk]
    )
    ours = _line_versions({row.line_id for row in rows if row.score_version_id not in versions})
    return {
        row.pk: basis_of(
            versions.get(row.score_version_id) or ours[row.line_id], inputs[row.pk],
            evidence[row.pk],
        )
        for row in rows
    }  # fmt: skip


def _line_versions(lines: set[int | None]) -> dict[int | None, FrameworkVersion]:
    """The version that counts in each of these lines; two queries whatever their number."""
    if not lines:
        return {}
    newest = _newest()
    chosen = LineScoring.objects.filter(line__in=lines).values_list("line", "framework")
    own: dict[int | None, FrameworkVersion] = {
        line: newest[framework] for line, framework in chosen if framework in newest
    }
    usual = [v for v in newest.values() if v.framework.slug == DEFAULT]
    if not usual and lines - set(own):
        raise NotAllowed(NONE_LOADED)
    return dict.fromkeys(lines, usual[0]) | own if usual else own
