"""Forms of coordination: a line's answer, its share, a line ruled out, a delegate. Shape only."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from initiatives.forms.request import choose
from initiatives.models import InitiativeLine, KpiPromise, LineCondition
from initiatives.models.coordination import WHOLE
from kpis.models import KPI

ANSWERS = [c for c in InitiativeLine.Answer.choices if c[0] != "none"]
LONGEST_NOTE = 2_000


def people_of(line: Any) -> Any:
    """Everybody active with a role in a line, its teams or the whole company, by name."""
    here = Q(memberships__line=line) | Q(memberships__team__line=line)
    here |= Q(memberships__line=None, memberships__team=None)
    return Person.objects.active().filter(here, memberships__ended_at=None).distinct()


class AnswerForm(forms.Form):
    """A line's own answer; conditions and a refusal need words. `line` narrows the choices."""

    share = forms.ModelChoiceField(queryset=InitiativeLine.objects.none(), widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Answer"), choices=ANSWERS)
    person = forms.ModelChoiceField(
        label=_("Responsible"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("Nobody yet"),
        help_text=_("Who does it for the line. Without a name the line is shown as a hole."),
    )
    kpi = forms.ModelChoiceField(
        label=_("Its KPI"), required=False, queryset=KPI.objects.none(), empty_label=_("None")
    )
    capacity_points = forms.IntegerField(
        label=_("Capacity in points"), required=False, min_value=0, max_value=100_000
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line, when the answer depends on them. Each is followed until it is met."
        ),
    )
    note = forms.CharField(
        label=_("Reason or remark"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Required when the line declines."),
    )

    def __init__(
        self, *args: Any, initiative: Any, person: Any, line: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "share", initiative.lines.select_related("line", "initiative"))
        theirs = Q(line=line) | Q(line=None) if line else Q()
        choose(self, "person", people_of(line) if line else Person.objects.active())
        choose(self, "kpi", KPI.objects.visible_to(person).filter(theirs))

    def clean_conditions(self) -> list[str]:
        return [each.strip() for each in self.cleaned_data["conditions"].splitlines()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        answer, note = told.get("answer"), told.get("note")
        if answer == "declined" and not note:
            self.add_error("note", _("Write one or two sentences."))
        if answer == "conditional" and not note and not any(told.get("conditions") or ()):
            self.add_error("conditions", _("Name at least one condition."))
        if "seen" in told:
            told["seen"] = told["seen"] or None
        return told


class ConditionForm(forms.Form):
    """How a condition was met."""

    condition = forms.ModelChoiceField(
        queryset=LineCondition.objects.none(), widget=forms.HiddenInput
    )
    note = forms.CharField(label=_("How it was met"), max_length=500)

    def __init__(self, *args: Any, initiative: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = LineCondition.objects.filter(share__initiative=initiative)
        choose(self, "condition", rows.select_related("share__line"))


class ContributionForm(forms.Form):
    """The range a line gives of one promise; both ends empty takes it back."""

    promise = forms.ModelChoiceField(queryset=KpiPromise.objects.none(), widget=forms.HiddenInput)
    share = forms.ModelChoiceField(queryset=InitiativeLine.objects.none(), widget=forms.HiddenInput)
    low_percent = forms.IntegerField(
        label=_("At least, %"), required=False, min_value=0, max_value=WHOLE
    )
    high_percent = forms.IntegerField(
        label=_("At most, %"), required=False, min_value=0, max_value=WHOLE
    )

    def __init__(self, *args: Any, initiative: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "promise", initiative.promises.select_related("kpi"))
        choose(self, "share", initiative.lines.select_related("line", "initiative"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        low, high = told.get("low_percent"), told.get("high_percent")
        if low is not None and high is not None and low > high:
            self.add_error("high_percent", _("The upper end lies below the lower end."))
        return told


class DisclaimForm(forms.Form):
    """Why a line that the facts point to is not touched."""

    line = forms.ModelChoiceField(
        queryset=BusinessLine.objects.none(), to_field_name="slug", widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Why it is not touched"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays on record and holds for today's facts."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "line", BusinessLine.objects.visible_to(person))


class DelegateForm(forms.Form):
    """Who may answer in the CPO's place, and until when."""

    delegate = forms.ModelChoiceField(
        label=_("Delegate"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("Nobody"),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("That day included; afterwards only the CPO answers again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "delegate", Person.objects.active())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("delegate") and not told.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the last day."))
        return told


class AllReferralsForm(DelegateForm):
    """Who answers all referrals for the CPO for a while; here a person is needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegate"].required = self.fields["until"].required = True


class MessageForm(forms.Form):
    """A message to a line about its answer."""

    line = forms.ModelChoiceField(
        label=_("About"), queryset=BusinessLine.objects.none(), to_field_name="slug"
    )
    text = forms.CharField(
        label=_("Message"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Name people with @, such as @ada.quill, @team/checkout or @role/risk."),
    )

    def __init__(self, *args: Any, initiative: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        touched = [row.line_id for row in initiative.lines.all()]
        choose(self, "line", BusinessLine.objects.filter(pk__in=touched))
