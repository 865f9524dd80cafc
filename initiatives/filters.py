"""One set of filters for the page and the API. Repeat a parameter for “or”, a minus means “not”."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from config.calendar import working_days_before
from config.filtering import FilterSet
from config.flow.keys import number_of
from config.flow.searching import asked
from config.web import nav
from initiatives.filters_sorts import SORTS, in_order
from initiatives.models import Evidence, GateSummary, Initiative, InitiativeLine, KpiPromise
from initiatives.phases import EIGHT, WORDS
from initiatives.queries.belief import shelf_day
from initiatives.queries.choices import Choices, choices_for
from initiatives.queries.waiting import TURNS, waits_for

# What else a list address may carry; anything further is named and ignored.
PLAIN = frozenset(
    {
        "page",
        "cursor",
        "limit",
        "layout",
        "view",
        "cols",
        "group",
        "peek",
        "format",
        "count",
        "then",
    }
)
DUE = (
    ("overdue", _("Overdue")),
    ("next-7d", _("In the next 7 days")),
    ("next-14d", _("In the next 14 days")),
    ("next-30d", _("In the next 30 days")),
    ("any", _("Any deadline")),
    ("none", _("No deadline")),
)
AGE = (
    ("over-expected", _("Longer than expected")),
    ("over-5d", _("Over 5 working days")),
    ("over-10d", _("Over 10 working days")),
    ("over-20d", _("Over 20 working days")),
    ("over-60d", _("Over 60 working days")),
)
LACKS = (("one", _("Just one thing")), ("nothing", _("Nothing")))
YES_NO = (("yes", _("Yes")), ("no", _("No")))
# Fields whose values are looked up in the database, with what stands before them.
LOOKED_UP = ("line", "source", "owner", "team", "kpi")
FIRST = {
    "owner": [("me", _("Me")), ("none", _("Nobody")), ("-none", _("Somebody"))],
}
LAST = {
    "line": [("none", _("No line yet"))],
    "team": [("none", _("No team yet"))],
    "kpi": [("none", _("No KPI"))],
}

EXPECTED = {s: p.expected for p in EIGHT for s in p.states if p.expected}


class Negatable(forms.MultipleChoiceField):
    """Choices of which each may carry a minus."""

    def valid_value(self, value: str) -> bool:
        return super().valid_value(str(value).removeprefix("-"))


@extend_schema_field(
    {
        "type": "array",
        "items": {"type": "string"},
        "description": "Repeat for “or”, a minus in front for “not”.",
    }
)
class OneOf(django_filters.Filter):
    """A plain parameter that may repeat and may be negated with a minus."""

    field_class = Negatable

    def __init__(self, *args: Any, column: str = "", **kwargs: Any) -> None:
        self.column = column
        kwargs.setdefault("required", False)
        kwargs.setdefault("choices", [])
        super().__init__(*args, **kwargs)

    def condition(self, value: str) -> Q:
        """The rows of one value."""
        if value == "none":
            return Q(**{f"{self.column}__isnull": True})
        return Q(**{self.column: self.stored(value)})

    def stored(self, value: str) -> Any:
        """The value as the column holds it; a slug or key becomes an id without a query."""
        ids = self.parent.choices.ids.get(self.column.removesuffix("_id"))
        return ids.get(value, 0) if ids is not None else value

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        wanted = [v for v in value or () if not v.startswith("-")]
        unwanted = [v[1:] for v in value or () if v.startswith("-")]
        if wanted:
            either = Q()
            for v in wanted:
                either |= self.condition(v)
            qs = qs.filter(either)
        for v in unwanted:
            qs = qs.exclude(self.condition(v))
        return qs


class Lines(OneOf):
    """Any line it touches, lead or further."""

    def condition(self, value: str) -> Q:
        if value == "none":
            return Q(line__isnull=True)
        line = self.stored(value)
        touched = InitiativeLine.objects.filter(initiative=OuterRef(self.parent.own), line=line)
        # The lead line has a row of its own; without “or” the rows of a page are probed one by one.
        return Q(Exists(touched)) if self.parent.own == "pk" else Q(line=line) | Q(Exists(touched))


class Kpis(OneOf):
    """A KPI it promises to move, or hopes to."""

    def condition(self, value: str) -> Q:
        promised = KpiPromise.objects.filter(initiative=OuterRef(self.parent.own))
        if value == "none":
            return Q(hoped_kpi__isnull=True) & ~Q(Exists(promised))
        kpi = self.stored(value)
        return Q(hoped_kpi=kpi) | Q(Exists(promised.filter(kpi=kpi)))


class People(OneOf):
    """A person by id, `me`, or `none`."""

    def condition(self, value: str) -> Q:
        return Q(owner=self.parent.person.pk) if value == "me" else super().condition(value)


class Turns(OneOf):
    """Whose turn it is."""

    def condition(self, value: str) -> Q:
        return waits_for(value, self.parent.person, self.parent.own)


class InitiativeFilter(FilterSet):
    """Filters of initiatives. Unknown parameters and values are listed in `ignored`."""

    q = django_filters.CharFilter(method="search", label=_("Search"))
    phase = OneOf(column="phase", choices=list(WORDS.items()), label=_("Phase"))
    line = Lines(column="line", label=_("Line"))
    owner = People(column="owner", label=_("Owner"))
    source = OneOf(column="source", label=_("Source"))
    team = OneOf(column="team", label=_("Team"))
    kpi = Kpis(column="kpi", label=_("KPI"))
    waits = Turns(choices=list(TURNS.items()), label=_("Waits for"))
    due = django_filters.ChoiceFilter(
        method="by_due", choices=DUE, label=_("Deadline"), empty_label=_("Any")
    )
    age = django_filters.ChoiceFilter(
        method="by_age", choices=AGE, label=_("In phase"), empty_label=_("Any")
    )
    score_min = django_filters.NumberFilter(
        field_name="score", lookup_expr="gte", label=_("Score from")
    )
    score_max = django_filters.NumberFilter(
        field_name="score", lookup_expr="lte", label=_("Score to")
    )
    lapsed = django_filters.ChoiceFilter(
        method="by_lapsed", choices=YES_NO, label=_("Evidence lapsed"), empty_label=_("Any")
    )
    lacks = django_filters.ChoiceFilter(
        method="by_lacks", choices=LACKS, label=_("Next step lacks"), empty_label=_("Any")
    )
    mine = django_filters.ChoiceFilter(
        method="by_mine", choices=YES_NO, label=_("Mine"), empty_label=_("Any")
    )
    snoozed = django_filters.ChoiceFilter(
        method="by_snoozed", choices=YES_NO, label=_("Snoozed"), empty_label=_("Any")
    )
    sort = django_filters.CharFilter(method="by_sort", widget=forms.HiddenInput, label=_("Sort"))

    class Meta:
        model = Initiative
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.ignored: list[str] = []
        self.asked_by = kwargs.get("request")
        super().__init__(self._known(data), *args, **kwargs)
        for name in LOOKED_UP:
            self.filters[name].extra["choices"] = self._offering(name)
            # Whoever described the API before us may have made a field without our choices.
            vars(self.filters[name]).pop("_field", None)
        # History rows name their initiative in another column.
        self.own = "pk" if self.queryset.model is Initiative else "pgh_obj_id"

    def _offering(self, name: str) -> Callable[[], list[tuple[str, str]]]:
        # A plain function: form fields are copied deeply, and a bound method would take the request along.
        return lambda: self._offered(name)

    @cached_property
    def choices(self) -> Choices:
        """What may be chosen; read only when a filter or the form asks."""
        return _choices_of(self.asked_by)

    def _offered(self, name: str) -> list[tuple[str, str]]:
        found = [*FIRST.get(name, ()), *getattr(self.choices, name), *LAST.get(name, ())]
        return [(value, str(words)) for value, words in found]

    def _known(self, data: Any) -> QueryDict:
        """The data without unknown parameters, unknown values and unknown sort keys."""
        given = _as_query(data)
        for name in list(given):
            if name not in self.base_filters and name not in PLAIN:
                self.ignored.append(name)
                given.pop(name)
        for name, declared in self.base_filters.items():
            if name in LOOKED_UP and any(given.getlist(name)):
                self._keep(given, name, {v for v, _words in self._offered(name)}.__contains__)
            elif "choices" in declared.extra or name in LOOKED_UP:
                self._keep(
                    given, name, {str(v) for v, _w in declared.extra["choices"]}.__contains__
                )
        for name in ("score_min", "score_max"):
            self._keep(given, name, _is_number)
        self._drop_unknown_sorts(given)
        return given

    def _keep(self, given: QueryDict, name: str, known: Callable[[str], bool]) -> None:
        values = [v for v in given.getlist(name) if v]
        bad = [v for v in values if not known(v) and not known(v.removeprefix("-"))]
        self.ignored.extend(f"{name}={v}" for v in bad)
        left = [v for v in values if v not in bad]
        if left:
            given.setlist(name, left)
        else:
            given.pop(name, None)

    def _drop_unknown_sorts(self, given: QueryDict) -> None:
        keys = [k for k in given.get("sort", "").split(",") if k]
        bad = [k for k in keys if k.removeprefix("-") not in SORTS]
        self.ignored.extend(f"sort={k}" for k in bad)
        if "sort" in given:
            given["sort"] = ",".join(k for k in keys if k not in bad)

    @property
    def person(self) -> Any:
        return self.request.user

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A key, else words of title and problem, else a part of the title."""
        number = number_of("INI", value)
        if number is not None:
            return rows.filter(number=number)
        titled = Q(title__icontains=value)
        if self.own != "pk":
            return rows.filter(titled | Q(problem__icontains=value))
        words = asked(value)
        return rows.filter(Q(search=words) | titled)

    def by_due(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        if value in {"none", "any"}:
            return rows.filter(deadline_date__isnull=value == "none")
        if value == "overdue":
            return rows.filter(deadline_date__lt=today)
        days = int(value.removeprefix("next-").removesuffix("d"))
        return rows.filter(deadline_date__range=(today, _after(today, days)))

    def by_age(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        now = timezone.now()
        if value == "over-expected":
            return rows.filter(over_expected(now))
        days = int(value.removeprefix("over-").removesuffix("d"))
        return rows.filter(state_entered_at__lt=working_days_before(now, days))

    def by_lapsed(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """There was evidence, and all of it is past its shelf life."""
        live = Evidence.objects.filter(initiative=OuterRef(self.own), archived_at=None)
        fresh = live.filter(collected_date__gte=shelf_day())
        lapsed = Q(Exists(live)) & ~Q(Exists(fresh))
        return rows.filter(lapsed if value == "yes" else ~lapsed)

    def by_lacks(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """As the gates of the next step were last asked, within the last minute as a rule."""
        seen = GateSummary.objects.filter(initiative=OuterRef(self.own), phase=OuterRef("phase"))
        return rows.filter(Exists(seen.filter(lacking=1 if value == "one" else 0)))

    def by_mine(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        me = self.person
        mine = Q(owner=me) | Q(requester=me) | Q(designer=me) | Q(tpm=me)
        return rows.filter(mine) if value == "yes" else rows.exclude(mine)

    def by_snoozed(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        asleep = Q(snoozed_until__gt=timezone.localdate())
        return rows.filter(asleep) if value == "yes" else rows.exclude(asleep)

    def by_sort(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        ordered: QuerySet[Any] = in_order(rows, value)
        return ordered


def over_expected(now: Any) -> Q:
    """Rows that stand longer in their phase than is expected of it."""
    late = Q()
    for state, days in EXPECTED.items():
        late |= Q(phase=state, state_entered_at__lt=working_days_before(now, days))
    return late


def _choices_of(request: Any) -> Choices:
    """What this request may filter by, read once."""
    if request is None or not getattr(request, "user", None):
        return Choices(ids={"line": {}, "source": {}, "team": {}, "kpi": {}})
    plain = getattr(request, "_request", request)
    if not hasattr(plain, "initiative_choices"):
        plain.initiative_choices = choices_for(request.user)
        lines = plain.initiative_choices.line
        nav.know_lines(plain, [nav.Scope(slug, name) for slug, name in lines])
    found: Choices = plain.initiative_choices
    return found


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip().lower() not in {"nan", "inf", "-inf", "infinity", "-infinity"}


def _as_query(data: Any) -> QueryDict:
    """A fresh, writable set of parameters from a request's or a plain dict."""
    given = QueryDict(mutable=True)
    if isinstance(data, QueryDict):
        return data.copy()
    given.update(data or {})
    return given
