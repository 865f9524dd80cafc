"""The lines an initiative touches by its facts: KPIs promised, team, tickets, Jira projects.

What people declared is `InitiativeLine`; what differs is a mismatch, mended by adding the line or by
stating why it is not touched. The statement covers the facts of its day; a new fact asks again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _


@dataclass
class Inferred:
    """A line that facts point to, with the reason of each. `stated` is why it is not touched."""

    line_id: int
    slug: str
    name: str
    declared: bool
    reasons: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    stated_facts: list[str] = field(default_factory=list)

    @property
    def stated(self) -> bool:
        """Whether somebody said why it is not touched, knowing all of today's facts."""
        return bool(self.facts) and set(self.facts) <= set(self.stated_facts)

    @property
    def mismatch(self) -> bool:
        """Neither among the lines nor stated not to be."""
        return not self.declared and not self.stated


def inferred_lines(initiative: Any) -> list[Inferred]:
    """Every line the facts point to, by name; one query."""
    found: dict[int, Inferred] = {}
    words: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line_id, slug, name, kind, fact, word, declared, stated in _facts(initiative):
        row = found.setdefault(
            line_id,
            Inferred(line_id, slug, name, declared is not None, stated_facts=stated or []),
        )
        if fact not in row.facts:
            row.facts.append(fact)
            words[line_id, kind].append(word)
    for (line_id, kind), named in words.items():
        found[line_id].reasons.append(_reason(kind, named))
    return sorted(found.values(), key=lambda row: row.name)


def mismatches(initiative: Any) -> list[Inferred]:
    """Lines the facts point to that nobody named and nobody ruled out; one query."""
    return [row for row in inferred_lines(initiative) if row.mismatch]


def _facts(initiative: Any) -> QuerySet[Any]:
    promises = initiative.promises.filter(kpi__line__isnull=False)
    team = type(initiative)._default_manager.filter(pk=initiative.pk, team__isnull=False)
    tickets = initiative.tickets.filter(archived_at=None, team__isnull=False)
    issues = initiative.jira_items.exclude(key="")
    arms = (
        (promises, "kpi", "kpi_id", "kpi__name", "kpi__line"),
        (team, "team", "team_id", "team__name", "team__line"),
        (tickets, "tickets", "team_id", "team__name", "team__line"),
        (issues, "jira", "connection_id", "connection__project_key", "connection__line"),
    )
    first, *others = [_arm(initiative, *arm) for arm in arms]
    found: QuerySet[Any] = first.union(*others, all=True)
    return found


def _arm(
    initiative: Any, rows: QuerySet[Any], kind: str, fact: str, word: str, line: str
) -> QuerySet[Any]:
    """Line, fact and word of each row, and whether the line is named or ruled out already."""
    named = initiative.lines.filter(line=OuterRef(line)).order_by()
    ruled_out = initiative.disclaimers.filter(line=OuterRef(line)).order_by()
    facts: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            in_line=F(f"{line}_id"),
            in_slug=F(f"{line}__slug"),
            in_name=F(f"{line}__name"),
            fact_kind=Value(kind),
            fact=Concat(Value(f"{kind}:"), Cast(fact, CharField()), output_field=CharField()),
            word=F(word),
            declared=Subquery(named.values("pk")[:1]),
            stated=Subquery(ruled_out.values("facts")[:1]),
        )
        .values_list(
            "in_line", "in_slug", "in_name", "fact_kind", "fact", "word", "declared", "stated"
        )
        .distinct()
    )
    return facts


def _reason(kind: str, named: list[str]) -> str:
    words = ", ".join(f"“{word}”" for word in named)
    many = len(named) > 1
    if kind == "kpi":
        return (_("the KPIs %s belong to it") if many else _("the KPI %s belongs to it")) % words
    if kind == "team":
        return _("its team %s works there") % words
    if kind == "tickets":
        return _("tickets are for the team %s") % words
    return _("tickets are in its Jira project %s") % words
