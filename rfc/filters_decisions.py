"""One FilterSet for the log of decisions and its API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from config.filtering import FilterSet
from config.flow.keys import number_of
from config.whole import whole
from rfc.models import Decision
from rfc.queries.decisions import Asked, kinds, matching

STATES = (
    ("standing", _("Standing")),
    ("superseded", _("Superseded")),
    ("unconfirmed", _("Not confirmed")),
    ("review", _("Review due")),
)
# Only recorded decisions know these; with one of them the log shows nothing else.
RECORDED_ONLY = ("state", "about")


def lines(request: Any) -> QuerySet[BusinessLine]:
    """Business lines a person may filter by."""
    return BusinessLine.objects.visible_to(request.user)


def people(request: Any) -> Any:
    """Everybody who may have decided something."""
    return Person.objects.visible_to(request.user).active().order_by("name")


class Day(forms.DateInput):
    """A day from the browser's calendar."""

    input_type = "date"


class DecisionFilter(FilterSet):
    """Filters of `/decisions` and `/api/v1/decisions/`; every state lives in the address."""

    q = django_filters.CharFilter(label=_("Words or number"), method="search")
    kind = django_filters.ChoiceFilter(
        label=_("What"), method="same", choices=kinds, empty_label=_("Everything")
    )
    line = django_filters.ModelChoiceFilter(
        label=_("Line"), queryset=lines, to_field_name="slug", empty_label=_("Any")
    )
    who = django_filters.ModelChoiceFilter(
        label=_("Who decided"), field_name="decided_by", queryset=people, empty_label=_("Anybody")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), method="in_state", choices=STATES, empty_label=_("Any")
    )
    about = django_filters.CharFilter(
        label=_("About"),
        method="about_key",
        help_text=_("The key of an RFC or initiative."),
        widget=forms.TextInput({"size": 8}),
    )
    since = django_filters.DateFilter(
        label=_("From"), field_name="decided_date", lookup_expr="gte", widget=Day
    )
    until = django_filters.DateFilter(
        label=_("To"), field_name="decided_date", lookup_expr="lte", widget=Day
    )

    class Meta:
        model = Decision
        fields = ()

    def search(self, found: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        """By key, or by the words of question, decision, reason and options."""
        number = number_of("DEC", words) or whole(words)
        return found.filter(number=number) if number else matching(found, words)

    def same(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The kind chooses between sources, not among recorded decisions."""
        return found

    def in_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Standing, superseded, waiting for a word, or due to be looked at again."""
        if value == "superseded":
            return found.filter(superseded_by__isnull=False)
        found = found.filter(superseded_by=None)
        if value == "unconfirmed":
            return found.filter(confirmed_at=None)
        if value == "review":
            return found.filter(due_date__lte=timezone.localdate())
        return found

    def about_key(self, found: QuerySet[Any], name: str, key: str) -> QuerySet[Any]:
        """What was decided about one RFC or initiative."""
        rfc, initiative = number_of("RFC", key), number_of("INI", key)
        if rfc:
            return found.filter(subjects__rfc__number=rfc)
        return found.filter(subjects__initiative__number=initiative or 0)

    def asked(self) -> Asked:
        """The same filters for sources that are no recorded decisions."""
        told = self.form.cleaned_data if self.form.is_valid() else {}
        line = told.get("line")
        return Asked(
            words=(told.get("q") or "").strip(),
            line=line.slug if line else "",
            who=told.get("who"),
            since=told.get("since"),
            until=told.get("until"),
        )

    def wanted(self) -> list[str]:
        """Kinds to show; none means all of them."""
        told = self.form.cleaned_data if self.form.is_valid() else {}
        if any(told.get(name) for name in RECORDED_ONLY):
            return ["recorded"]
        return [told["kind"]] if told.get("kind") else []
