"""Filters of the trail: one set for the page, the export and the API."""

from functools import cache
from typing import Any

import django_filters as filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from config.audit.models import Entry
from config.audit.tables import about, sealed_tables, tracked_by
from config.flow.keys import number_of

KINDS = (
    ("insert", _("Added")),
    ("update", _("Changed")),
    ("delete", _("Removed")),
    ("record", _("Recorded")),
)


def models_sealed() -> list[tuple[str, str]]:
    """Every model of the trail by its label, in words."""
    found = {
        tracked_by(s)._meta.label_lower: words(tracked_by(s)) for s in sealed_tables().values()
    }
    return sorted(found.items(), key=lambda pair: pair[1].lower())


def words(model: type[Any]) -> str:
    """What a model is called, beginning with a capital."""
    name = str(model._meta.verbose_name)
    return name if name.isupper() else name[:1].upper() + name[1:]


def tables_of(label: str) -> list[str]:
    """The sealed tables that tell of a model."""
    return [t for t, s in sealed_tables().items() if tracked_by(s)._meta.label_lower == label]


@cache
def keyed_models() -> dict[str, type[Any]]:
    """Models whose rows have a key such as INI-12, by its prefix."""
    models = {tracked_by(s) for s in sealed_tables().values()}
    keyed = [m for m in models if hasattr(m, "key") and hasattr(m, "number")]
    return {m(number=1).key.split("-")[0]: m for m in keyed}


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"


class EntryFilter(filters.FilterSet):
    """`?person=3&what=rfc.rfc&object=RFC-7&kind=update&since=2026-11-01&until=2026-11-30`."""

    person = filters.ModelChoiceFilter(
        queryset=get_user_model()._default_manager.order_by("name"),
        method="by_person",
        label=_("Person"),
        empty_label=_("Anybody"),
    )
    what = filters.ChoiceFilter(
        choices=models_sealed, method="by_what", label=_("What"), empty_label=_("Anything")
    )
    object = filters.CharFilter(method="by_object", label=_("Key or number"))
    kind = filters.ChoiceFilter(choices=KINDS, label=_("Change"), empty_label=_("Any"))
    since = filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("From"), widget=DayInput
    )
    until = filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=_("To"), widget=DayInput
    )
    request = filters.CharFilter(label=_("Request reference"))

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ()

    @extend_schema_field(int)
    def by_person(self, found: QuerySet[Any], _name: str, person: Any) -> QuerySet[Any]:
        return found.filter(actor_id=person.pk)

    @extend_schema_field(str)
    def by_what(self, found: QuerySet[Any], _name: str, label: str) -> QuerySet[Any]:
        return found.filter(shape__table__in=tables_of(label))

    def by_object(self, found: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """A key such as INI-12 names one object; a bare number any object of that number."""
        for prefix, model in keyed_models().items():
            number = number_of(prefix, text)
            if number is not None:
                row = model._base_manager.filter(number=number).first()
                tables = [t for t, s in sealed_tables().items() if about(s) is model]
                return found.filter(shape__table__in=tables, object_id=str(row.pk) if row else "")
        return found.filter(object_id=text.strip())
