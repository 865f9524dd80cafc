"""Filters of people and teams: one set for page and API."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Notice, Person, Role, Tab, Team
from config.web.picks import slugs


def lines_seen(request: Any) -> QuerySet[BusinessLine]:
    """Lines to filter by: a line that a sign-in does not see is as good as missing."""
    return BusinessLine.objects.visible_to(request.user) if request else BusinessLine.objects.all()


class PersonFilter(filters.FilterSet):
    """`?q=ada&role=tpm&line=cards` names people."""

    q = filters.CharFilter(method="search", label=_("Name"))
    role = filters.MultipleChoiceFilter(choices=Role.choices, method="by_role", label=_("Role"))
    line = slugs(
        filters.ModelMultipleChoiceFilter(
            queryset=lines_seen,
            to_field_name="slug",
            method="by_line",
            label=_("Line"),
        )
    )

    class Meta:
        model = Person
        fields = ("q", "role", "line")

    def search(self, found: QuerySet[Person], _name: str, words: str) -> QuerySet[Person]:
        return found.filter(Q(name__icontains=words) | Q(handle__icontains=words))

    def by_role(self, found: QuerySet[Person], _name: str, roles: list[str]) -> QuerySet[Person]:
        if not roles:
            return found
        return found.filter(memberships__role__in=roles, memberships__ended_at=None).distinct()

    def by_line(
        self, found: QuerySet[Person], _name: str, lines: list[BusinessLine]
    ) -> QuerySet[Person]:
        if not lines:
            return found
        here = Q(memberships__line__in=lines) | Q(memberships__team__line__in=lines)
        return found.filter(here, memberships__ended_at=None).distinct()


class TeamFilter(filters.FilterSet):
    """`?line=cards` names teams."""

    line = slugs(
        filters.ModelMultipleChoiceFilter(
            field_name="line__slug",
            queryset=lines_seen,
            to_field_name="slug",
            label=_("Line"),
        )
    )

    class Meta:
        model = Team
        fields = ("line",)


class NoticeFilter(filters.FilterSet):
    """`?tab=mentions&state=unread`; without a state everything that is not put away."""

    STATES = (("open", _("Open")), ("unread", _("Unread")), ("done", _("Done")))

    tab = filters.ChoiceFilter(choices=Tab.choices, label=_("Tab"))
    state = filters.ChoiceFilter(choices=STATES, method="by_state", label=_("State"))

    class Meta:
        model = Notice
        fields = ("tab", "state")

    def by_state(self, found: QuerySet[Notice], _name: str, _state: str) -> QuerySet[Notice]:
        return found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The state counts also where none is named."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        state = self.form.cleaned_data.get("state") or "open"
        if state == "done":
            return found.filter(done_at__isnull=False)
        found = found.filter(done_at=None)
        return found.filter(read_at=None) if state == "unread" else found
