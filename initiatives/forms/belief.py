"""Forms of belief: hypothesis, evidence, verdict, promise, score inputs. Shape only."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.estimates import Estimate
from initiatives.forms.request import Files, choose, offer
from initiatives.models import Evidence, FrameworkVersion, Initiative, ValidationVerdict
from kpis.models import KPI

DAY = forms.DateInput(attrs={"type": "date"})
SHORT = forms.Textarea(attrs={"rows": 3})


def not_ahead(day: date) -> None:
    """Refuse a day in the future."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."))


class HypothesisForm(forms.Form):
    """Doing X for audience A moves KPI K from b towards t by d."""

    change = forms.CharField(
        label=_("Doing"), widget=SHORT, help_text=_("What you will do, in one or two sentences.")
    )
    audience = forms.CharField(label=_("For"), max_length=200)
    kpi = forms.ModelChoiceField(label=_("Moves the KPI"), queryset=KPI.objects.none())
    baseline = forms.DecimalField(
        label=_("From"),
        required=False,
        help_text=_("In the KPI's unit; empty when unknown."),
        max_digits=20,
        decimal_places=6,
    )
    target = forms.DecimalField(label=_("Towards"), max_digits=20, decimal_places=6)
    by_date = forms.DateField(label=_("By"), widget=DAY)
    pass_rule = forms.CharField(
        label=_("It passes when"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A rule someone else can apply. It freezes with the first evidence."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kpi", KPI.objects.visible_to(person))


class EvidenceForm(forms.Form):
    """One finding and where it came from."""

    finding = forms.CharField(label=_("What was found"), widget=SHORT)
    method = forms.ChoiceField(label=_("Method"), choices=Evidence.Method.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=Evidence.Kind.choices)
    points = forms.ChoiceField(label=_("It points"), choices=Evidence.Points.choices)
    origin = forms.CharField(
        label=_("Where it came from"),
        max_length=200,
        help_text=_("The interview series, the data set, the report."),
    )
    collected_date = forms.DateField(label=_("Collected on"), widget=DAY, validators=[not_ahead])
    sample = forms.IntegerField(
        label=_("Sample"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        help_text=_("How many people or records."),
    )
    from_customers = forms.BooleanField(label=_("From real customers"), required=False)
    quote = forms.CharField(
        label=_("Quote"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    attachments = Files(
        label=_("Files"), required=False, help_text=_("Up to ten files of 10 MB each.")
    )


class VerdictForm(forms.Form):
    """What the evidence says."""

    outcome = forms.ChoiceField(
        label=_("The evidence says"), choices=ValidationVerdict.Outcome.choices
    )
    reason = forms.CharField(label=_("Because"), widget=SHORT)


class PromiseForm(forms.Form):
    """The range of a KPI to expect, and until when."""

    kpi = forms.ModelChoiceField(label=_("KPI"), queryset=KPI.objects.none())
    low = forms.DecimalField(
        label=_("At least"), help_text=_("In the KPI's unit."), max_digits=20, decimal_places=6
    )
    high = forms.DecimalField(label=_("At most"), max_digits=20, decimal_places=6)
    by_date = forms.DateField(label=_("By"), widget=DAY)
    method = forms.CharField(
        label=_("How it will be measured"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kpi", KPI.objects.visible_to(person))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        low, high = told.get("low"), told.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", _("The upper end lies below the lower end."))
        return told


class ScoreForm(forms.Form):
    """One input of the line's framework with its range, or how sure one is of it."""

    factor = forms.ChoiceField(label=_("Input"))
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=2)
    low = forms.DecimalField(label=_("At least"), required=False, max_digits=14, decimal_places=2)
    high = forms.DecimalField(label=_("At most"), required=False, max_digits=14, decimal_places=2)
    sureness = forms.IntegerField(
        label=_("Or: how sure, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("80 makes a range of ±20 %. Left out when you give the ends."),
    )
    evidence = forms.ModelMultipleChoiceField(
        label=_("Rests on"),
        required=False,
        queryset=Evidence.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without evidence the number is drawn hollow: assumed."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(
        self, *args: Any, initiative: Initiative, version: FrameworkVersion, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        choose(self, "evidence", initiative.evidence.filter(archived_at=None))
        specs = version.ready.inputs
        labels = [(s.name, f"{s.label} ({s.unit})" if s.unit else s.label) for s in specs]
        offer(self, "factor", labels)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        spec = self.version.ready.spec(told.get("factor", ""))
        value = told.get("value")
        if spec and value is not None:
            refusal = spec.refusal(Estimate(value, value, value))
            if refusal:
                self.add_error("value", refusal)
        return told

    def told(self) -> dict[str, Any]:
        """What the action wants to know: the first item of evidence leads, the rest follows."""
        told = dict(self.cleaned_data)
        items = list(told.pop("evidence"))
        return {**told, "evidence": items[0] if items else None, "more_evidence": items[1:]}
