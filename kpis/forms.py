"""The shape of what people type about KPIs. Whether it may be is the actions' business."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, SubTeam
from kpis.actions.observation import Measured
from kpis.models import KPI, MetricLink, Observation
from kpis.numbers import parse_number, parse_rows
from kpis.words import plain

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
RECENT_CHOICES = 16


class ValueField(forms.Field):
    """A measured value as people write it: comma or point, spaces between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return parse_number(str(value))
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if hasattr(value, "normalize") else value


class KpiForm(forms.ModelForm):
    """The definition of a KPI. `row_version` is what the person had in front of them."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    band_low = ValueField(label=_("Lower end of the band"), required=False)
    band_high = ValueField(label=_("Upper end of the band"), required=False)

    class Meta:
        model = KPI
        fields = (
            "name",
            "definition",
            "formula",
            "unit",
            "direction",
            "band_low",
            "band_high",
            "scope",
            "line",
            "team",
            "sub_team",
            "owner",
            "source",
            "cadence",
            "guardrails",
        )
        labels = {
            "definition": _("What it says, in plain words"),
            "formula": _("How it is calculated"),
            "direction": _("Where better lies"),
            "scope": _("Whose KPI it is"),
            "line": _("Business line"),
            "sub_team": _("Sub-team"),
            "source": _("Where the values come from"),
            "cadence": _("How often it is measured"),
        }
        help_texts = {
            "name": _("Short enough for a table: “Active agents per week”."),
            "definition": _("Somebody new should know what counts and what does not."),
            "unit": _("%, h, €, … or nothing for a plain count."),
            "guardrails": _("KPIs that must not get worse while this one improves."),
        }
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "formula": forms.Textarea(attrs={"rows": 2}),
            "guardrails": forms.SelectMultiple(attrs={"size": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.active()  # type: ignore[attr-defined]
        others = KPI.objects.exclude(pk=self.instance.pk)
        self.fields["guardrails"].queryset = others  # type: ignore[attr-defined]
        sub_teams = SubTeam.objects.select_related("team").order_by("team__name", "name")
        self.fields["sub_team"].queryset = sub_teams  # type: ignore[attr-defined]
        self.fields["sub_team"].label_from_instance = lambda s: f"{s.team} · {s}"  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["row_version"].initial = self.instance.row_version

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        needed = {"line": "line", "team": "team", "sub_team": "sub_team"}.get(
            str(told.get("scope"))
        )
        if needed and not told.get(needed):
            self.add_error(needed, _("Say which one, or choose another scope."))
        if told.get("direction") == "band":
            self._check_band(told)
        return told

    def _check_band(self, told: dict[str, Any]) -> None:
        low, high = told.get("band_low"), told.get("band_high")
        for name, value in (("band_low", low), ("band_high", high)):
            if value is None and name not in self.errors:
                self.add_error(name, _("A band needs both ends."))
        if low is not None and high is not None and high <= low:
            self.add_error("band_high", _("The upper end lies above the lower one."))

    def _post_clean(self) -> None:
        """The action writes the row and the database keeps its rules; nothing is assigned here."""

    def facts(self) -> dict[str, Any]:
        """The fields of the KPI, for the actions."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ObservationForm(forms.Form):
    """One value of one period."""

    period_end = forms.DateField(
        label=_("Last day of the period"), widget=DAY, initial=timezone.localdate
    )
    value = ValueField(label=_("Value"))
    provenance = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        help_text=_("The report, query or count somebody could check."),
    )
    period_start = forms.DateField(
        label=_("First day of the period"),
        widget=DAY,
        required=False,
        help_text=_("Leave empty to follow the cadence of the KPI."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        start, end = told.get("period_start"), told.get("period_end")
        if start and end and start > end:
            self.add_error("period_start", _("The period begins before it ends."))
        return told


class PasteForm(forms.Form):
    """Many values at once. One faulty line refuses all of them, and each fault is named."""

    rows = forms.CharField(
        label=_("Rows"),
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "spellcheck": "false",
                "placeholder": "2026-01-25;54.1\n2026-02-01;54.6\n2026-02-08;55.0",
            }
        ),
        help_text=_(
            "One per line: last day of the period, semicolon, value. A row that is already there "
            "stays as it is; a different value supersedes it."
        ),
    )
    provenance = forms.CharField(
        label=_("Where they come from"),
        max_length=200,
        help_text=_("The report, query or count somebody could check."),
    )

    measured: list[Measured]

    def clean_rows(self) -> str:
        text: str = self.cleaned_data["rows"]
        rows, faults = parse_rows(text)
        today = timezone.localdate()
        faults += [
            _("Line %(n)d: %(day)s has not come yet.") % {"n": row.line, "day": row.day}
            for row in rows
            if row.day > today
        ]
        if faults:
            raise forms.ValidationError(faults)
        self.measured = [Measured(row.day, row.value) for row in rows]
        return text


class ObservationsField(forms.ModelMultipleChoiceField):
    """Observations by period and value."""

    def label_from_instance(self, obj: Observation) -> str:
        kpi = obj.kpi
        return (
            f"{obj.period_start:%-d %b %Y} – {obj.period_end:%-d %b %Y}: {kpi.in_words(obj.value)}"
        )


class BaselineForm(forms.Form):
    """The observations a baseline is taken from."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    baseline_from = ObservationsField(
        label=_("Baseline taken from"),
        queryset=Observation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The baseline is the mean of the chosen observations. Without any the target can be "
            "proposed, but not committed."
        ),
    )

    def __init__(self, *args: Any, kpi: KPI, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = kpi.observations.current().order_by("-period_end")
        ids = list(newest.values_list("pk", flat=True)[:RECENT_CHOICES])
        choices = Observation.objects.filter(pk__in=ids).select_related("kpi")
        self.fields["baseline_from"].queryset = choices.order_by("-period_end")  # type: ignore[attr-defined]


class TargetForm(BaselineForm):
    """A target as it is proposed."""

    value = ValueField(label=_("Target value"))
    start_date = forms.DateField(label=_("Starts"), widget=DAY, initial=timezone.localdate)
    due_date = forms.DateField(label=_("Due"), widget=DAY)
    owner = forms.ModelChoiceField(label=_("Answers for it"), queryset=Person.objects.none())
    confidence = forms.IntegerField(
        label=_("Confidence, per cent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("How sure you are today. Leave empty when nobody has judged it."),
    )

    field_order = ("value", "start_date", "due_date", "owner", "confidence", "baseline_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        start, due = told.get("start_date"), told.get("due_date")
        if start and due and due <= start:
            self.add_error("due_date", _("It is due after it starts."))
        return told


class LinkForm(forms.ModelForm):
    """How another KPI drives this one."""

    class Meta:
        model = MetricLink
        fields = ("driver", "kind", "positive", "lag_days", "evidence")
        labels = {
            "driver": _("The KPI that drives it"),
            "kind": _("How"),
            "positive": _("When one rises, so does the other"),
            "lag_days": _("Days until the effect shows"),
            "evidence": _("Why we believe it"),
        }
        widgets = {"evidence": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, driven: KPI, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = KPI.objects.exclude(pk=driven.pk)
        self.fields["driver"].queryset = others  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The action writes the row."""
