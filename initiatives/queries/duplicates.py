"""Likely duplicates: initiatives whose title or problem reads alike, with the reason in words."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import F, Q
from django.db.models.functions import Greatest, Upper
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.phases import status, words

ALIKE = 0.3
PROBLEM_ALIKE = 0.45
MOST = 5


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


def likely_duplicates(person: Any, initiative: Initiative) -> list[Likeness]:
    """The most alike initiatives a person may see, best first; one query."""
    return alike(person, title=initiative.title, problem=initiative.problem, besides=initiative.pk)


def alike(
    person: Any, *, title: str, problem: str = "", besides: int | None = None
) -> list[Likeness]:
    """Initiatives whose title is alike, or whose problem contains much of this one's title."""
    others = Initiative.objects.visible_to(person)
    if besides is not None:
        others = others.exclude(pk=besides)
    found = (
        others.exclude(phase="duplicate")
        .annotate(
            by_title=TrigramSimilarity(Upper("title"), title.upper()),
            by_problem=TrigramSimilarity("problem", problem[:2000]),
            by_mention=TrigramWordSimilarity(title, "problem"),
        )
        .annotate(best=Greatest("by_title", "by_problem"))
        .filter(Q(by_title__gte=ALIKE) | Q(by_problem__gte=PROBLEM_ALIKE) | Q(by_mention__gte=0.8))
        .order_by(F("best").desc(), "-id")[:MOST]
    )
    return [_likeness(row) for row in found]


def _likeness(row: Any) -> Likeness:
    return Likeness(
        key=row.key,
        title=row.title,
        href=row.get_absolute_url(),
        phase=row.phase,
        phase_words=words(row.phase),
        phase_status=status(row.phase),
        alike=round(float(max(row.by_title, row.by_problem)), 2),
        reason=_reason(row),
    )


def _reason(row: Any) -> str:
    said = []
    if row.by_title >= ALIKE:
        said.append(_("title %d %% alike") % round(100 * row.by_title))
    if row.by_problem >= PROBLEM_ALIKE:
        said.append(_("problem %d %% alike") % round(100 * row.by_problem))
    if not said:
        said.append(_("its problem speaks of the same words"))
    return ", ".join(said)
