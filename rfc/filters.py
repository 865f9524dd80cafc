"""One FilterSet for the list page and the API."""

from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from config.flow.keys import number_of
from rfc.lifecycle import STATE_LABELS
from rfc.models import RFC

MINE = (
    ("written", _("Written by me")),
    ("asked", _("My position is asked")),
    ("answered", _("I took a position")),
)
SORTS = {
    "changed": ("changed_at",),
    "number": ("number",),
    "title": ("title",),
    "state": ("phase", "changed_at"),
    "author": ("author__name",),
    "created": ("created_date",),
}


def lines(request: Any) -> QuerySet[BusinessLine]:
    """Business lines a person may filter by."""
    return BusinessLine.objects.visible_to(request.user)


def authors(request: Any) -> QuerySet[Person]:
    """People who wrote an RFC."""
    people = Person.objects.visible_to(request.user)
    return people.filter(pk__in=RFC.objects.order_by().values("author"))


class OneShown(forms.SelectMultiple):
    """Shown as a drop-down; an address may still repeat the parameter for “or”."""

    allow_multiple_selected = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in super().value_from_datadict(data, files, name) or () if value]

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        none = self.create_option(name, "", str(_("Any")), not value, 0)
        return [(None, [none], 0), *groups]


class RFCFilter(django_filters.FilterSet):
    """Filters of `/rfcs` and `/api/v1/rfcs/`; every state lives in the address."""

    q = django_filters.CharFilter(label=_("Words or number"), method="search")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), field_name="phase", choices=list(STATE_LABELS.items()), widget=OneShown
    )
    line = django_filters.ModelMultipleChoiceFilter(
        label=_("Line"),
        field_name="line__slug",
        queryset=lines,
        to_field_name="slug",
        widget=OneShown,
    )
    author = django_filters.ModelChoiceFilter(
        label=_("Author"), queryset=authors, empty_label=_("Anybody")
    )
    mine = django_filters.ChoiceFilter(
        label=_("Mine"), method="of_mine", choices=MINE, empty_label=_("Everybody's")
    )
    initiative = django_filters.CharFilter(
        label=_("Initiative"), method="of_initiative", widget=forms.TextInput({"size": 8})
    )
    sort = django_filters.CharFilter(label=_("Order"), method="order")

    class Meta:
        model = RFC
        fields = ()

    def search(self, found: QuerySet[RFC], name: str, words: str) -> QuerySet[RFC]:
        """By number, or by the words of the newest revision and the title."""
        number = number_of("RFC", words) or (int(words) if words.isdigit() else None)
        if number is not None:
            return found.filter(number=number)
        query = SearchQuery(words, search_type="websearch", config="english")
        newest = Q(revisions__search=query, revisions__number=F("revision_count"))
        matching = RFC.objects.order_by().filter(newest | Q(title__icontains=words)).values("pk")
        return found.filter(pk__in=matching)

    def of_mine(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """What concerns the person who asks."""
        person: Any = self.request.user
        if value == "written":
            return found.filter(Q(author=person) | Q(co_authors=person)).distinct()
        if value == "answered":
            return found.filter(positions__person=person).distinct()
        return found.filter(pk__in=asked_of(person))

    def of_initiative(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """RFCs about one initiative, by its key."""
        return found.filter(initiative__number=number_of("INI", value) or 0)

    def order(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """By a known column, descending with a minus; unknown ones change nothing."""
        columns = SORTS.get(value.removeprefix("-"))
        if columns is None:
            return found
        sign = "-" if value.startswith("-") else ""
        return found.order_by(*(f"{sign}{column}" for column in columns), "-id")


def asked_of(person: Any) -> QuerySet[Any]:
    """RFCs in review that need a function this person holds, in a line where it counts."""
    asked = Q(pk__in=[])
    for held in person.current_memberships():
        where = Q() if held.in_line_id is None else Q(line=held.in_line_id) | Q(line=None)
        asked |= Q(required_functions__function=held.role) & where
    in_review = RFC.objects.filter(phase=RFC.IN_REVIEW).order_by()
    return in_review.filter(asked).exclude(positions__person=person).values("pk")
