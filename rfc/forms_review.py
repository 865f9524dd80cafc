"""Forms of the review: shape only. What may be done is the actions' business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Role, Team
from rfc.permissions import held_functions


class AskForm(forms.Form):
    """A decision asked: the list that was shown, and whether a long one is meant."""

    note = forms.CharField(
        label=_("What they should know"),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Goes into the mail and stays in the history."),
    )
    many = forms.BooleanField(label=_("Yes, all of them are meant"), required=False)
    listed = forms.CharField(required=False, widget=forms.HiddenInput)


class NameForm(forms.Form):
    """The name of a revision."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("Such as “for the board” or “after the pilot”. Leave it empty for no name."),
    )
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DelegateForm(forms.Form):
    """Who answers for a function, and until when."""

    function = forms.ChoiceField(label=_("Function"))
    delegate = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who answers in your place"), empty_label=_("Choose")
    )
    starts_on = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("To, that day included"), widget=forms.DateInput({"type": "date"})
    )
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("Such as “on leave”.")
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [held for held in held_functions(person) if held.principal_id is None]
        choices = list(dict.fromkeys((h.function, str(Role(h.function).label)) for h in own))
        self.fields["function"].choices = choices  # type: ignore[attr-defined]
        others = Person.objects.active().exclude(pk=person.pk).order_by("name")
        self.fields["delegate"].queryset = others  # type: ignore[attr-defined]


class HealthForm(forms.Form):
    """Filters of the health page."""

    DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("A year")))
    IDLE = ((14, _("14 days")), (30, _("30 days")), (60, _("60 days")), (90, _("90 days")))

    line = forms.ModelChoiceField(
        BusinessLine.objects.none(),
        label=_("Line"),
        required=False,
        to_field_name="slug",
        empty_label=_("All lines"),
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Team"),
        required=False,
        to_field_name="slug",
        empty_label=_("All teams"),
    )
    days = forms.TypedChoiceField(
        label=_("Answers of the last"), choices=DAYS, coerce=int, required=False, initial=90
    )
    idle = forms.TypedChoiceField(
        label=_("Stands still after"), choices=IDLE, coerce=int, required=False, initial=30
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = BusinessLine.objects.visible_to(person)  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.visible_to(person)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name in ("line", "team"):
            found[name] = found[name].slug if found.get(name) else ""
        return found
