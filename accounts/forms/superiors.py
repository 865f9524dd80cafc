"""The form of somebody's superiors."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, ReportsTo


class _Someone(forms.ModelChoiceField):
    """Two people may share a name; the address tells them apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.email})" if obj.email else str(obj.name)


class SuperiorsForm(forms.Form):
    """Two people, each of whom may be nobody."""

    divisional = _Someone(
        label=_("Divisional: reports to"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nobody by name"),
        help_text=_("Inside the business."),
    )
    functional = _Someone(
        label=_("Functional: reports to"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("nobody by name"),
        help_text=_("The centre of excellence."),
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        row = ReportsTo.objects.filter(person=person).first()
        now = {name: getattr(row, f"{name}_id", None) for name in self.base_fields}
        super().__init__(data, initial=now)
        # Whoever is named stays on the list, even after leaving.
        offered = Q(is_active=True, is_service=False) | Q(pk__in=[p for p in now.values() if p])
        people = Person.objects.get_queryset().filter(offered).exclude(pk=person.pk)
        for name in now:
            self.fields[name].queryset = people.order_by("name")  # type: ignore[attr-defined]

    def told(self) -> dict[str, Person | None]:
        """What was changed, and nothing else."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
