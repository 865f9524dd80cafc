"""Filters and order of KPIs: one set for the page and the API."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from accounts.filters import lines_seen
from accounts.models import Person
from config.flow.keys import number_of
from config.flow.searching import asked
from config.web.picks import Pick, slugs
from kpis.models import KPI, Observation, Scope, Target
from kpis.queries import standings

STATUSES = (
    ("on_track", _("On track")),
    ("at_risk", _("At risk")),
    ("off_track", _("Off track")),
    ("unknown", _("Unknown")),
)
GAPS = (("missing", _("Target without baseline")), ("no_target", _("No committed target")))


def owners(request: Any) -> QuerySet[Person]:
    """Whoever owns a KPI, of the people one sees."""
    rows = Person.objects.visible_to(request.user) if request else Person.objects.get_queryset()
    return rows.filter(kpis_owned__isnull=False).distinct()


class KpiFilter(filters.FilterSet):
    """`?q=agents&line=cards&owner=3&status=off_track&sort=-measured` names KPIs."""

    q = filters.CharFilter(method="search", label=_("Name or words"))
    line = slugs(
        filters.ModelMultipleChoiceFilter(
            field_name="line__slug",
            queryset=lines_seen,
            to_field_name="slug",
            label=_("Line"),
            widget=Pick,
        )
    )
    scope = filters.MultipleChoiceFilter(choices=Scope.choices, label=_("Scope"), widget=Pick)
    owner = filters.ModelChoiceFilter(
        queryset=owners,
        label=_("Owner"),
        empty_label=_("Anybody"),
    )
    status = filters.MultipleChoiceFilter(
        choices=STATUSES, method="by_status", label=_("Status"), widget=Pick
    )
    baseline = filters.ChoiceFilter(
        choices=GAPS, method="by_gap", label=_("Lacks"), empty_label=_("Nothing in particular")
    )
    sort = filters.OrderingFilter(
        fields=(
            ("name", "name"),
            ("number", "key"),
            ("owner__name", "owner"),
            ("line_key", "line"),
            ("measured_key", "measured"),
            ("due_key", "due"),
        ),
        label=_("Order"),
    )

    class Meta:
        model = KPI
        fields = ("q", "line", "scope", "owner", "status", "baseline", "sort")

    def filter_queryset(self, queryset: QuerySet[KPI]) -> QuerySet[KPI]:
        """Equal rows stand by name, so that pages never overlap."""
        found: QuerySet[KPI] = super().filter_queryset(queryset)
        order = [name for name in found.query.order_by if name not in {"name", "id"}]
        return found.order_by(*order, *(n for n in ("name", "id") if f"-{n}" not in order))

    def search(self, found: QuerySet[KPI], _name: str, words: str) -> QuerySet[KPI]:
        """A key, a part of the name, or words of the definition."""
        matches = Q(name__icontains=words) | Q(search=asked(words))
        number = number_of("KPI", words)
        return found.filter(matches | Q(number=number) if number else matches)

    def by_status(self, found: QuerySet[KPI], _name: str, wanted: list[str]) -> QuerySet[KPI]:
        """Status is calculated, so those that match are named by id. Two queries."""
        if not wanted:
            return found
        rows = standings(KPI.objects.all(), trends=False)
        return found.filter(pk__in=[row.kpi.pk for row in rows if row.status in wanted])

    def by_gap(self, found: QuerySet[KPI], _name: str, gap: str) -> QuerySet[KPI]:
        """KPIs whose target cannot be committed, or that have none."""
        if gap == "missing":
            open_ones = Target.objects.filter(phase=Target.PROPOSED, baseline_value=None)
            return found.filter(pk__in=open_ones.values("kpi"))
        committed = Target.objects.filter(phase=Target.COMMITTED)
        return found.exclude(pk__in=committed.values("kpi"))


class ObservationFilter(filters.FilterSet):
    """`?measured_after=2026-01-01&all=true`; superseded values only when asked for."""

    measured = filters.DateFromToRangeFilter(field_name="period_end", label=_("Measured"))
    all = filters.TypedChoiceFilter(
        choices=(("true", _("Yes")), ("false", _("No"))),
        coerce=lambda said: said == "true",
        method="with_superseded",
        label=_("With superseded values"),
    )

    class Meta:
        model = Observation
        fields = ("measured", "all")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("all"):
            found = found.filter(superseded_at=None)
        return found

    @extend_schema_field(str)
    def with_superseded(self, found: QuerySet[Any], _name: str, _wanted: bool) -> QuerySet[Any]:
        return found
