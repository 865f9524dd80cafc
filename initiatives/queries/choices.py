"""What the filters of the portfolio offer: lines, sources, owners, teams and KPIs, in one query."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Coalesce

from accounts.models import BusinessLine, Person, Team
from config.flow.visibility import limit_of
from config.prepared import Prepared
from initiatives.models import Initiative, Source
from kpis.models import KPI

Pair = tuple[str, str]


@dataclass
class Choices:
    """(value, words) by filter, and the ids behind values that are no ids."""

    line: list[Pair] = field(default_factory=list)
    source: list[Pair] = field(default_factory=list)
    owner: list[Pair] = field(default_factory=list)
    team: list[Pair] = field(default_factory=list)
    kpi: list[Pair] = field(default_factory=list)
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def words(self, name: str, value: str) -> str:
        """A value in words; itself when it is none of these."""
        known: dict[str, str] = dict(getattr(self, name, ()))
        return known.get(value, value)


def choices_for(person: Any) -> Choices:
    """Everything a person may filter by, in one statement."""
    limit = limit_of(person)
    shape = (person.is_authenticated and person.is_active, limit, person.pk if limit else None)
    found = Choices(ids={"line": {}, "source": {}, "team": {}, "kpi": {}})
    for kind, pk, value, name in OFFERED.rows(shape=shape, person=person):
        told = f"KPI-{value}" if kind == "kpi" else value
        getattr(found, kind).append((told, name))
        if kind in found.ids:
            found.ids[kind][told] = pk
    return found


def _offered(person: Any) -> Any:
    owns = Exists(Initiative.objects.filter(owner=OuterRef("pk")))
    parts = [
        _part("line", BusinessLine.objects.visible_to(person), F("slug")),
        _part("source", Source.objects.visible_to(person).filter(active=True), F("slug"), "name"),
        _part("owner", Person.objects.visible_to(person).filter(owns), Cast("pk", CharField())),
        _part("team", Team.objects.visible_to(person), F("slug")),
        _part("kpi", KPI.objects.visible_to(person), Cast("number", CharField())),
    ]
    return parts[0].union(*parts[1:], all=True).order_by("name")


def _part(kind: str, rows: Any, value: Any, name: str = "name") -> Any:
    told = rows.order_by().annotate(
        kind=Value(kind, CharField()),
        told=Coalesce(value, Value(""), output_field=CharField()),
    )
    return told.values_list("kind", "pk", "told", name)


OFFERED = Prepared(_offered)
