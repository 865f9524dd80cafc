"""One FilterSet for the list page and the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from accounts.models import REVIEW_FUNCTIONS, BusinessLine, Team
from config.filtering import FilterSet
from config.flow.keys import number_of
from config.whole import whole
from rfc.lifecycle import STATE_LABELS
from rfc.models import RFC
from rfc.queries.finding import best_first, holding
from rfc.queries.lists import waiting_for
from rfc.queries.reviewing import asked_of_functions
from rfc.text.languages import CHOICES

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
BEST = "best"
FUNCTIONS = [(str(role), role.label) for role in REVIEW_FUNCTIONS]


def lines(request: Any) -> QuerySet[BusinessLine]:
    """Business lines a person may filter by."""
    return BusinessLine.objects.visible_to(request.user)


def teams(request: Any) -> QuerySet[Team]:
    """Teams that own or take part in an RFC."""
    concerned = RFC.objects.order_by()
    owning = concerned.exclude(owning_team=None).values("owning_team")
    taking_part = concerned.exclude(participating_teams=None).values("participating_teams")
    found: QuerySet[Team] = Team.objects.visible_to(request.user)
    return found.filter(Q(pk__in=owning) | Q(pk__in=taking_part))


def sources() -> list[tuple[str, str]]:
    """Sources that RFCs come from, with the words of their slugs."""
    slugs = RFC.objects.exclude(source="").order_by("source").values_list("source", flat=True)
    return [
        (slug, slug.replace("_", " ").replace("-", " ").capitalize()) for slug in slugs.distinct()
    ]


class OneShown(forms.SelectMultiple):
    """Shown as a drop-down; an address may still repeat the parameter for “or”."""

    allow_multiple_selected = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in super().value_from_datadict(data, files, name) or () if value]

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        none = self.create_option(name, "", str(_("Any")), not value, 0)
        return [(None, [none], 0), *groups]


@extend_schema_field(str)
class Slugs(django_filters.ModelMultipleChoiceFilter):
    """Rows named by their slugs."""


class RFCFilter(FilterSet):
    """Filters of `/rfcs` and `/api/v1/rfcs/`; every state lives in the address."""

    q = django_filters.CharFilter(label=_("Words or number"), method="search")
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), field_name="phase", choices=list(STATE_LABELS.items()), widget=OneShown
    )
    line = Slugs(
        label=_("Line"),
        field_name="line__slug",
        queryset=lines,
        to_field_name="slug",
        widget=OneShown,
    )
    team = Slugs(
        label=_("Team"), method="of_team", queryset=teams, to_field_name="slug", widget=OneShown
    )
    source = django_filters.MultipleChoiceFilter(
        label=_("Source"), choices=sources, widget=OneShown
    )
    waits = django_filters.ChoiceFilter(
        label=_("Waits for"), method="that_waits", choices=FUNCTIONS, empty_label=_("Anybody")
    )
    author = django_filters.CharFilter(
        label=_("Author"), method="by_author", widget=forms.TextInput({"size": 12})
    )
    mine = django_filters.ChoiceFilter(
        label=_("Mine"), method="of_mine", choices=MINE, empty_label=_("Everybody's")
    )
    initiative = django_filters.CharFilter(
        label=_("Initiative"), method="of_initiative", widget=forms.TextInput({"size": 8})
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), method="in_language", choices=CHOICES, empty_label=_("Any")
    )
    sort = django_filters.CharFilter(label=_("Order"), method="order")

    class Meta:
        model = RFC
        fields = ()

    def search(self, found: QuerySet[RFC], name: str, words: str) -> QuerySet[RFC]:
        """By number, or by the words of the newest revision and the title."""
        number = number_of("RFC", words) or whole(words)
        if number is not None:
            return found.filter(number=number)
        return found.filter(holding(words))

    def by_author(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """By a part of the name, or by a person's id."""
        if value.isdecimal():
            return found.filter(author=int(value[:18]))
        return found.filter(author__name__icontains=value)

    def of_team(self, found: QuerySet[RFC], name: str, chosen: Any) -> QuerySet[RFC]:
        """Owned by one of the teams, or with its participation."""
        if not chosen:
            return found
        taking_part = RFC.participating_teams.through.objects.filter(team__in=chosen)
        return found.filter(Q(owning_team__in=chosen) | Q(pk__in=taking_part.values("rfc")))

    def that_waits(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """In review, and this function has not said anything that holds for the current text."""
        return found.filter(pk__in=waiting_for(value))

    def in_language(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """By the language of the newest revision."""
        newest = Q(revisions__language=value, revisions__number=F("revision_count"))
        return found.filter(newest)

    def of_mine(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """What concerns the person who asks."""
        person: Any = self.request.user
        if value == "written":
            return found.filter(Q(author=person) | Q(co_authors=person)).distinct()
        if value == "answered":
            return found.filter(positions__person=person).distinct()
        waiting = RFC.objects.filter(asked_of_functions(person), phase=RFC.IN_REVIEW).order_by()
        waiting = waiting.exclude(positions__person=person)
        return found.filter(pk__in=waiting.values("pk"))

    def of_initiative(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """RFCs about one initiative, by its key."""
        return found.filter(initiative__number=number_of("INI", value) or 0)

    def order(self, found: QuerySet[RFC], name: str, value: str) -> QuerySet[RFC]:
        """By a known column, descending with a minus, or by how well it matches; unknown ones
        change nothing.
        """
        words = self.form.cleaned_data.get("q", "")
        if value == BEST and words:
            return best_first(found, words)
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
