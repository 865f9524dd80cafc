"""Forms of coordination: a line's answer, a delegate. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from initiatives.forms.request import choose
from initiatives.models import InitiativeLine
from kpis.models import KPI

ANSWERS = [c for c in InitiativeLine.Answer.choices if c[0] != "none"]


class AnswerForm(forms.Form):
    """A line's own answer; conditions and a refusal need a reason."""

    share = forms.ModelChoiceField(queryset=InitiativeLine.objects.none(), widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Answer"), choices=ANSWERS)
    note = forms.CharField(
        label=_("Conditions or reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    person = forms.ModelChoiceField(
        label=_("Responsible"), required=False, queryset=Person.objects.none()
    )
    kpi = forms.ModelChoiceField(label=_("Its KPI"), required=False, queryset=KPI.objects.none())
    capacity_points = forms.IntegerField(label=_("Capacity in points"), required=False, min_value=0)

    def __init__(self, *args: Any, initiative: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "share", initiative.lines.select_related("line"))
        choose(self, "person", Person.objects.active())
        choose(self, "kpi", KPI.objects.visible_to(person))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") in {"conditional", "declined"} and not told.get("note"):
            self.add_error("note", _("Write one or two sentences."))
        return told


class DelegateForm(forms.Form):
    """Who may answer in the CPO's place."""

    delegate = forms.ModelChoiceField(
        label=_("Delegate"), required=False, queryset=Person.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "delegate", Person.objects.active())
