"""Filters of Jira items, for the API."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from config.filtering import FilterSet
from config.flow.keys import number_of
from initiatives.models import JiraItem
from initiatives.queries.jira import GROUPS


class JiraItemFilter(FilterSet):
    """`group`, `initiative` (INI-12), `level`, `sync`."""

    group = django_filters.ChoiceFilter(
        choices=[(name, label) for name, (label, _rule) in GROUPS.items()], method="in_group"
    )
    initiative = django_filters.CharFilter(method="of_initiative")

    class Meta:
        model = JiraItem
        fields = ("level", "sync")

    def in_group(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(GROUPS[value][1])

    def of_initiative(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(initiative__number=number_of("INI", value) or 0)
