"""Likely duplicates: initiatives that read alike, with the reasons in words.

A bounded set of candidates comes from two indexes (words of the text, trigrams of the title) and
from the same KPI; only those are compared, so the cost does not grow with the table.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db.models import F, Q
from django.db.models.functions import Greatest, Upper
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.phases import status, words

ALIKE = 0.3
PROBLEM_ALIKE = 0.45
MENTIONED = 0.8
# With the same KPI less likeness of the words is enough.
WITH_KPI = 0.2
CANDIDATES = 150
# Frequent words match nearly every row, and ranking them is what costs: the newest are ranked.
RANKED = 2_000
SAME_KPI = 50
MOST = 5
_WORD = re.compile(r"[^\W_]{4,}")


@dataclass(frozen=True)
class Likeness:
    """One likely duplicate: which, how alike (0 to 1), and why it is shown."""

    key: str
    title: str
    href: str
    phase: str
    phase_words: str
    phase_status: str
    alike: float
    reason: str
    problem: str = ""


def likely_duplicates(person: Any, initiative: Initiative) -> list[Likeness]:
    """The most alike initiatives a person may see, best first; three queries at most."""
    return alike(
        person,
        title=initiative.title,
        problem=initiative.problem,
        besides=initiative.pk,
        kpi_id=initiative.hoped_kpi_id,
        source_id=initiative.source_id,
    )


def alike(
    person: Any,
    *,
    title: str,
    problem: str = "",
    besides: int | None = None,
    kpi_id: int | None = None,
    source_id: int | None = None,
) -> list[Likeness]:
    """Initiatives whose words are alike; the same KPI and source count as further reasons."""
    others = Initiative.objects.visible_to(person).exclude(phase="duplicate")
    if besides is not None:
        others = others.exclude(pk=besides)
    found = (
        others.filter(pk__in=_candidates(others, title, problem, kpi_id))
        .annotate(
            by_title=TrigramSimilarity(Upper("title"), title.upper()),
            by_problem=TrigramSimilarity("problem", problem[:2000]),
            by_mention=TrigramWordSimilarity(title, "problem"),
        )
        .annotate(best=Greatest("by_title", "by_problem"))
        .filter(_enough(kpi_id))
        .order_by(F("best").desc(), "-id")[:MOST]
    )
    return [_likeness(row, title, kpi_id, source_id) for row in found]


def _enough(kpi_id: int | None) -> Q:
    enough = (
        Q(by_title__gte=ALIKE) | Q(by_problem__gte=PROBLEM_ALIKE) | Q(by_mention__gte=MENTIONED)
    )
    return enough | Q(best__gte=WITH_KPI, hoped_kpi_id=kpi_id) if kpi_id else enough


def _candidates(others: Any, title: str, problem: str, kpi_id: int | None) -> set[int]:
    by_title = (
        others.annotate(loud=Upper("title")).filter(loud__trigram_similar=title.upper()).order_by()
    )
    found = set(by_title.values_list("pk", flat=True)[:CANDIDATES])
    said = _said(f"{title} {problem[:600]}")
    if said:
        query = SearchQuery(" | ".join(said), search_type="raw", config="english")
        newest = others.filter(search=query).order_by("-id").values("pk")[:RANKED]
        rows = Initiative.objects.filter(pk__in=newest)
        ranked = rows.annotate(rank=SearchRank(F("search"), query))
        found |= set(ranked.order_by("-rank", "-id").values_list("pk", flat=True)[:CANDIDATES])
    if kpi_id:
        same = others.filter(hoped_kpi_id=kpi_id).order_by("-created_at", "-id")
        found |= set(same.values_list("pk", flat=True)[:SAME_KPI])
    return found


def _said(text: str) -> list[str]:
    """The words of a text that may tell something, each once."""
    return list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))[:16]


def _likeness(row: Any, title: str, kpi_id: int | None, source_id: int | None) -> Likeness:
    return Likeness(
        key=row.key,
        title=row.title,
        href=row.get_absolute_url(),
        phase=row.phase,
        phase_words=words(row.phase),
        phase_status=status(row.phase),
        alike=round(float(max(row.by_title, row.by_problem)), 2),
        reason=_reason(row, title, kpi_id, source_id),
        problem=row.problem[:280],
    )


def _reason(row: Any, title: str, kpi_id: int | None, source_id: int | None) -> str:
    said = []
    if row.by_title >= ALIKE:
        said.append(_("title %d %% alike") % round(100 * row.by_title))
    if row.by_problem >= PROBLEM_ALIKE:
        said.append(_("problem %d %% alike") % round(100 * row.by_problem))
    shared = [w for w in _said(title) if w in set(_said(f"{row.title} {row.problem}"))]
    if shared and not said:
        said.append(_("both speak of: %s") % ", ".join(shared[:4]))
    if kpi_id and row.hoped_kpi_id == kpi_id:
        said.append(_("same KPI"))
    if source_id and row.source_id == source_id:
        said.append(_("same source"))
    return ", ".join(said) or _("its problem speaks of the same words")
