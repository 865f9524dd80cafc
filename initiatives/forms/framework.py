"""Forms of scoring frameworks: the formula, its inputs, the try-out, and a line's choice."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine
from initiatives.actions.framework import BadFormula, check_formula
from initiatives.estimates import Estimate, read_estimate
from initiatives.forms.request import choose
from initiatives.models import FrameworkVersion, ScoringFramework
from initiatives.scoring import CONFIDENCE, MOST_INPUTS, Framework, Score

SPARE = 2
PARTS = ("name", "label", "unit", "help", "low", "high", "steps", "try")


class ChooseForm(forms.Form):
    """What a line scores with."""

    line = forms.ModelChoiceField(
        label=_("Line"), queryset=BusinessLine.objects.all(), to_field_name="slug"
    )
    framework = forms.ModelChoiceField(
        label=_("Framework"), queryset=ScoringFramework.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "framework", ScoringFramework.objects.filter(active=True))


class ActiveForm(forms.Form):
    """Sets a framework aside or takes it back."""

    active = forms.BooleanField(required=False)


class FormulaForm(forms.Form):
    """A version: a formula and up to eight inputs, with sample numbers to try it."""

    formula = forms.CharField(
        label=_("Formula"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "Numbers, input names, + - * / ( ), min and max. “confidence” is there too: what the "
            "evidence earned, as a share of 1."
        ),
    )
    across = forms.CharField(
        label=_("Across the matrix"),
        max_length=40,
        required=False,
        help_text=_("The input that stands for cost, such as effort."),
    )
    up = forms.CharField(
        label=_("Up the matrix"),
        max_length=40,
        required=False,
        help_text=_("The input that stands for what it brings, such as impact."),
    )
    note = forms.CharField(
        label=_("What changed"), max_length=300, required=False, help_text=_("For the history.")
    )
    seen_number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: FrameworkVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = version.inputs if version else []
        if version:
            for name in ("formula", "across", "up"):
                self.initial.setdefault(name, getattr(version, name))
            self.initial.setdefault("seen_number", version.number)
        self.rows = max(len(told) + SPARE, self._sent(), 3)
        self.rows = min(self.rows, MOST_INPUTS)
        for n in range(self.rows):
            self._input(n, told[n] if n < len(told) else {})
        self.fields["try_confidence"] = forms.DecimalField(
            label=_("Confidence in percent"),
            min_value=0,
            max_value=100,
            required=False,
            initial=60,
        )

    def _sent(self) -> int:
        return sum(f"name_{n}" in self.data for n in range(MOST_INPUTS)) if self.is_bound else 0

    def _input(self, n: int, told: dict[str, Any]) -> None:
        number: dict[str, Any] = {"max_digits": 14, "decimal_places": 2, "required": False}
        fields: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("Name in the formula"), max_length=40, required=False),
            "label": forms.CharField(label=_("Label"), max_length=60, required=False),
            "unit": forms.CharField(label=_("Unit"), max_length=30, required=False),
            "low": forms.DecimalField(label=_("At least"), **number),
            "high": forms.DecimalField(label=_("At most"), **number),
            "steps": forms.CharField(label=_("Or only these"), max_length=120, required=False),
            "help": forms.CharField(label=_("Help"), max_length=200, required=False),
            "try": forms.CharField(label=_("Try it with"), max_length=40, required=False),
        }
        for part, field in fields.items():
            value = told.get(part)
            field.initial = " ".join(value) if isinstance(value, list) else value
            self.fields[f"{part}_{n}"] = field

    def inputs_drawn(self) -> list[list[forms.BoundField]]:
        """The fields of each input, as the page draws them."""
        order = ("name", "label", "unit", "try", "low", "high", "steps", "help")
        return [[self[f"{part}_{n}"] for part in order] for n in range(self.rows)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors:
            return told
        self.inputs = [self._told(n) for n in range(self.rows) if told.get(f"name_{n}")]
        if self.errors:
            return told
        try:
            self.ready: Framework | None = check_formula(
                formula=told["formula"], inputs=self.inputs
            )
        except BadFormula as fault:
            self.add_error("formula", str(fault))
            return told
        for side in ("across", "up"):
            name = told.get(side, "").strip()
            if name and name not in self.ready.names:
                known = ", ".join(self.ready.names)
                self.add_error(side, f"“{name}” is no input; there are {known}.")
        return told

    def _told(self, n: int) -> dict[str, Any]:
        told = self.cleaned_data
        found: dict[str, Any] = {
            "name": told[f"name_{n}"].strip(),
            "label": told[f"label_{n}"].strip() or told[f"name_{n}"].strip().capitalize(),
            "unit": told[f"unit_{n}"].strip(),
            "help": told[f"help_{n}"].strip(),
        }
        for end in ("low", "high"):
            value = told.get(f"{end}_{n}")
            found[end] = None if value is None else f"{value.normalize():f}"
        steps = self._steps(n)
        if steps:
            found |= {"steps": steps, "low": None, "high": None}
        return found

    def _steps(self, n: int) -> list[str]:
        found = []
        for word in self.cleaned_data.get(f"steps_{n}", "").replace(";", " ").split():
            if not word.replace(".", "", 1).isdecimal() or len(word) > 12:
                self.add_error(f"steps_{n}", f"“{word}” is no number; write them as 1 2 3 5 8.")
                return []
            found.append(word)
        return found

    def version(self) -> dict[str, Any]:
        """What publishing wants to know."""
        told = self.cleaned_data
        return {
            "formula": told["formula"],
            "inputs": self.inputs,
            "across": told["across"].strip(),
            "up": told["up"].strip(),
            "note": told["note"],
        }

    def tried(self) -> Score | None:
        """The score of the sample numbers; a number that cannot be read becomes its field's error."""
        ready = getattr(self, "ready", None)
        if ready is None or self.errors:
            return None
        given: dict[str, Estimate] = {}
        for n in range(self.rows):
            name = self.cleaned_data.get(f"name_{n}", "").strip()
            spec = ready.spec(name)
            estimate = self._sample(n) if spec else None
            if spec is None or estimate is None:
                continue
            refusal = spec.refusal(estimate)
            if refusal:
                self.add_error(f"try_{n}", refusal)
            given[name] = estimate
        confidence: Decimal | None = self.cleaned_data.get("try_confidence")
        return None if self.errors else ready.score(given, confidence)

    def _sample(self, n: int) -> Estimate | None:
        try:
            return read_estimate(self.cleaned_data.get(f"try_{n}", ""))
        except ValueError as fault:
            self.add_error(f"try_{n}", str(fault))
            return None


class NewFrameworkForm(FormulaForm):
    """A framework with its first version."""

    title = forms.CharField(label=_("Name"), max_length=60)
    slug = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("In addresses: cost-of-delay.")
    )
    description = forms.CharField(
        label=_("What it weighs"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in ("new", CONFIDENCE):
            raise forms.ValidationError(_("This word is taken; choose another short name."))
        return slug
