"""When things come: now, next and later by phase, and dates only where somebody really set one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from initiatives.models import KpiPromise, Ticket
from initiatives.queries.lists import Row, first_of_each

# Being built; decided on and being prepared; still asking whether.
HORIZONS = (
    ("now", _("Now"), ("sprint_ready", "coding", "build", "deployment")),
    ("next", _("Next"), ("rfc", "ux_design", "deep_dive")),
    ("later", _("Later"), ("intake", "discovery", "parked")),
)
MOST = 40


@dataclass
class Dated:
    """A row with its real dates: sprint days, deadline, and the day a promised target is due."""

    row: Row
    start: date | None = None
    end: date | None = None
    promised: date | None = None
    sprints: list[str] = field(default_factory=list)

    @property
    def dates(self) -> list[date]:
        """Every date somebody set."""
        found = (self.start, self.end, self.row.deadline, self.promised)
        return [day for day in found if day]


@dataclass(frozen=True)
class Horizon:
    """A column of the timeline: its first rows and how many there are in all (capped)."""

    slug: str
    name: Any
    phases: tuple[str, ...]
    items: list[Dated]
    count: int


def horizons(found: Any, most: int = MOST) -> list[Horizon]:
    """Three columns over a filtered set; four statements whatever there is."""
    read = first_of_each(found, [phases for _slug, _name, phases in HORIZONS], most)
    dated = iter(_with_dates([row for made, _total in read for row in made]))
    return [
        Horizon(slug, name, phases, [next(dated) for _ in made], total)
        for (slug, name, phases), (made, total) in zip(HORIZONS, read, strict=True)
    ]


def _with_dates(made: list[Row]) -> list[Dated]:
    items = {row.id: Dated(row) for row in made}
    sprints = (
        Ticket.objects.filter(initiative__in=items, sprint__isnull=False)
        .order_by()
        .values_list("initiative", "sprint__name")
        .annotate(start=Min("sprint__start_date"), end=Max("sprint__end_date"))
        .order_by("start")
    )
    for pk, name, start, end in sprints:
        item = items[pk]
        item.sprints.append(name)
        item.start = min(filter(None, [item.start, start]))
        item.end = max(filter(None, [item.end, end]))
    promised = KpiPromise.objects.filter(initiative__in=items).order_by()
    for pk, day in promised.values_list("initiative").annotate(day=Min("by_date")):
        items[pk].promised = day
    return list(items.values())
