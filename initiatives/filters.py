"""One set of filters for the page and the API. Repeat a parameter for “or”, a minus means “not”."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from config.flow.keys import number_of
from initiatives.models import Initiative, Source
from initiatives.phases import WORDS

# What else a list address may carry; anything further is named and ignored.
PLAIN = frozenset({"page", "cursor", "limit", "layout", "view", "cols", "peek", "format", "count"})
# Key → what it orders by, and what stands for an unknown value ascending and descending, so that
# unknown ones come last either way.
_LAST_TEXT = (Value("\uffff"), Value(""))
_LAST_DAY = (Value(date.max), Value(date.min))
_LAST_SCORE = (Value(Decimal("1e11")), Value(Decimal("-1e11")))
SORTS: dict[str, tuple[Any, Any]] = {
    "key": (F("number"), None),
    "title": (Lower("title"), None),
    "phase": (Case(*(When(phase=p, then=n) for n, p in enumerate(WORDS))), None),
    "age": (F("state_entered_at"), None),
    "created": (F("created_at"), None),
    "deadline": (F("deadline_date"), _LAST_DAY),
    "score": (F("score"), _LAST_SCORE),
    "owner": (F("owner__name"), _LAST_TEXT),
    "line": (F("line__name"), _LAST_TEXT),
    "source": (F("source__ordinal"), None),
}
# An older moment is a greater age.
TURNED = frozenset({"age"})
DUE = (
    ("overdue", _("Overdue")),
    ("next-7d", _("In the next 7 days")),
    ("next-14d", _("In the next 14 days")),
    ("next-30d", _("In the next 30 days")),
    ("any", _("Any deadline")),
    ("none", _("No deadline")),
)
YES_NO = (("yes", _("Yes")), ("no", _("No")))


def choices_of_lines() -> Iterable[tuple[str, str]]:
    return [*BusinessLine.objects.values_list("slug", "name"), ("none", str(_("No line yet")))]


def choices_of_sources() -> Iterable[tuple[str, str]]:
    return Source.objects.filter(active=True).values_list("slug", "name")


def choices_of_owners() -> Iterable[tuple[str, str]]:
    owners = Person.objects.get_queryset().filter(initiatives_owned__isnull=False)
    named = owners.distinct().order_by("name").values_list("pk", "name")
    return [
        ("me", str(_("Me"))),
        ("none", str(_("Nobody"))),
        ("-none", str(_("Somebody"))),
        *((str(pk), name) for pk, name in named),
    ]


class OneOf(django_filters.Filter):
    """A plain parameter that may repeat and may be negated with a minus."""

    field_class = forms.MultipleChoiceField

    def __init__(self, *args: Any, column: str, **kwargs: Any) -> None:
        self.column = column
        kwargs.setdefault("required", False)
        super().__init__(*args, **kwargs)

    def condition(self, value: str) -> Q:
        if value == "none":
            return Q(**{f"{self.column.split('__')[0]}__isnull": True})
        return Q(**{self.column: value})

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
        touched = BusinessLine.objects.filter(slug=value)
        return Q(lines__line__in=touched) | Q(line__in=touched)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        matching = super().filter(Initiative.objects.order_by(), value)
        return qs.filter(pk__in=matching.values("pk")) if value else qs


class People(OneOf):
    """A person by id, `me`, or `none`."""

    def condition(self, value: str) -> Q:
        if value == "me":
            request = getattr(self.parent, "request", None)
            return Q(**{self.column: getattr(request.user, "pk", None)}) if request else Q()
        return super().condition(value)


class Negatable(forms.MultipleChoiceField):
    """Choices of which each may carry a minus."""

    def valid_value(self, value: str) -> bool:
        return super().valid_value(str(value).removeprefix("-"))


OneOf.field_class = Negatable


class InitiativeFilter(django_filters.FilterSet):
    """Filters of initiatives. Unknown parameters and values are listed in `ignored`."""

    q = django_filters.CharFilter(method="search", label=_("Search"))
    phase = OneOf(column="phase", choices=list(WORDS.items()), label=_("Phase"))
    line = Lines(column="line__slug", choices=choices_of_lines, label=_("Line"))
    source = OneOf(column="source__slug", choices=choices_of_sources, label=_("Source"))
    owner = People(column="owner", choices=choices_of_owners, label=_("Owner"))
    due = django_filters.ChoiceFilter(
        method="by_due", choices=DUE, label=_("Deadline"), empty_label=_("Any")
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
        super().__init__(self._known(data), *args, **kwargs)

    def _known(self, data: Any) -> QueryDict:
        """The data without unknown parameters, unknown values and unknown sort keys."""
        given = _as_query(data)
        for name in list(given):
            if name not in self.base_filters and name not in PLAIN:
                self.ignored.append(name)
                given.pop(name)
        for name in ("phase", "line", "source", "owner", "due", "mine", "snoozed"):
            self._drop_unknown(given, name)
        self._drop_unknown_sorts(given)
        return given

    def _drop_unknown(self, given: QueryDict, name: str) -> None:
        values = [v for v in given.getlist(name) if v]
        if not values:
            given.pop(name, None)
            return
        choices = self.base_filters[name].extra["choices"]
        allowed = {str(k) for k, _label in (choices() if callable(choices) else choices)}
        bad = [v for v in values if not {v, v.removeprefix("-")} & allowed]
        self.ignored.extend(f"{name}={v}" for v in bad)
        given.setlist(name, [v for v in values if v not in bad])

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
        words = SearchQuery(value, config="english", search_type="websearch")
        return rows.filter(Q(search=words) | Q(title__icontains=value))

    def by_due(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        if value in {"none", "any"}:
            return rows.filter(deadline_date__isnull=value == "none")
        if value == "overdue":
            return rows.filter(deadline_date__lt=today)
        days = int(value.removeprefix("next-").removesuffix("d"))
        return rows.filter(deadline_date__range=(today, _after(today, days)))

    def by_mine(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        me = self.person
        mine = Q(owner=me) | Q(requester=me) | Q(designer=me) | Q(tpm=me)
        return rows.filter(mine) if value == "yes" else rows.exclude(mine)

    def by_snoozed(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        asleep = Q(snoozed_until__gt=timezone.localdate())
        return rows.filter(asleep) if value == "yes" else rows.exclude(asleep)

    def by_sort(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Several keys by comma, each with a minus for descending; unknown values last."""
        order: list[str] = []
        for key in [k for k in value.split(",") if k]:
            plain = key.removeprefix("-")
            descending = key.startswith("-") != (plain in TURNED)
            rows = rows.annotate(**{f"order_{plain}": _ordering(plain, descending)})
            order.append(f"{'-' if descending else ''}order_{plain}")
        return rows.order_by(*order, "-id") if order else rows


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _ordering(key: str, descending: bool) -> Any:
    expression, last = SORTS[key]
    return Coalesce(expression, last[descending]) if last else expression


def _as_query(data: Any) -> QueryDict:
    """A fresh, writable set of parameters from a request's or a plain dict."""
    given = QueryDict(mutable=True)
    if isinstance(data, QueryDict):
        return data.copy()
    given.update(data or {})
    return given
