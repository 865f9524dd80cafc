"""Filters of people and teams: one set for page and API."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Role, Team
from config.web.picks import slugs


class PersonFilter(filters.FilterSet):
    """`?q=ada&role=tpm&line=cards` names people."""

    q = filters.CharFilter(method="search", label=_("Name"))
    role = filters.MultipleChoiceFilter(choices=Role.choices, method="by_role", label=_("Role"))
    line = slugs(
        filters.ModelMultipleChoiceFilter(
            queryset=BusinessLine.objects.all(),
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
            queryset=BusinessLine.objects.all(),
            to_field_name="slug",
            label=_("Line"),
        )
    )

    class Meta:
        model = Team
        fields = ("line",)
