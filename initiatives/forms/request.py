"""A new request and the edit of an initiative, with the questions of its source."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Team
from initiatives.models import Initiative, Source
from kpis.models import KPI

MOST_FILES = 10
WIDGETS: dict[str, type[forms.Field]] = {
    "date": forms.DateField,
    "number": forms.DecimalField,
}


class Files(forms.FileField):
    """Several files in one field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput())
        super().__init__(*args, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Choose ten files at most."))
        return [super(Files, self).clean(one, initial) for one in given]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SourceQuestions:
    """Adds the fields a source asks for, named `source_<name>`."""

    fields: dict[str, forms.Field]

    def ask(self, source: Source | None, answers: dict[str, Any], *, required: bool) -> None:
        for question in source.fields if source else ():
            name = f"source_{question['name']}"
            self.fields[name] = question_field(question, required=required)
            self.fields[name].initial = answers.get(question["name"], "")

    @staticmethod
    def answers(cleaned: dict[str, Any]) -> dict[str, str]:
        """What was answered, as text, by question name."""
        return {
            name.removeprefix("source_"): str(value)
            for name, value in cleaned.items()
            if name.startswith("source_") and value not in (None, "")
        }


def question_field(question: dict[str, Any], *, required: bool) -> forms.Field:
    """The form field of one question of a source."""
    kind = question.get("kind", "text")
    facts: dict[str, Any] = {
        "label": question["label"],
        "help_text": question.get("help", ""),
        "required": required,
    }
    if kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **facts)
    if kind == "number":
        return forms.DecimalField(**facts, max_digits=20, decimal_places=6)
    if kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **facts)
    return forms.CharField(max_length=500, **facts)


class NewInitiativeForm(SourceQuestions, forms.Form):
    """Three required fields; the rest may come later."""

    problem = forms.CharField(
        label=_("What is the problem?"),
        help_text=_("Say what happens today, and what it costs. Leave the solution out."),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        max_length=20_000,
    )
    affected = forms.CharField(
        label=_("Who has it?"),
        help_text=_("Customers, agents, a team; how many, if you know."),
        max_length=500,
    )
    source = forms.ModelChoiceField(
        label=_("Where does it come from?"),
        queryset=Source.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose"),
        widget=forms.Select(attrs={"data-reload": "source"}),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Left empty, the first sentence of the problem becomes the title."),
    )
    line = forms.ModelChoiceField(
        label=_("Business line"),
        queryset=BusinessLine.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("I do not know"),
    )
    hoped_kpi = forms.ModelChoiceField(
        label=_("KPI it should move"),
        queryset=KPI.objects.none(),
        required=False,
        empty_label=_("I do not know"),
    )
    deadline_date = forms.DateField(
        label=_("Deadline"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    attachments = Files(
        label=_("Files"), required=False, help_text=_("Up to ten files of 10 MB each.")
    )

    def __init__(self, *args: Any, person: Any, source: Source | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "source", Source.objects.visible_to(person).filter(active=True))
        choose(self, "line", BusinessLine.objects.visible_to(person))
        choose(self, "hoped_kpi", KPI.objects.visible_to(person))
        self.ask(source, {}, required=False)

    def clean_deadline_date(self) -> Any:
        day = self.cleaned_data["deadline_date"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("The deadline lies in the past; choose a day to come."))
        return day

    @property
    def source_names(self) -> list[str]:
        return [n for n in self.fields if n.startswith("source_")]

    def wanted(self) -> dict[str, Any]:
        """Arguments of `propose_initiative`."""
        told = {n: v for n, v in self.cleaned_data.items() if not n.startswith("source_")}
        told["files"] = told.pop("attachments")
        return {**told, "source_fields": self.answers(self.cleaned_data)}


class EditInitiativeForm(SourceQuestions, forms.ModelForm):
    """The request's own fields. Carries the version it was read at."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Initiative
        fields = (
            "title",
            "problem",
            "affected",
            "source",
            "line",
            "team",
            "hoped_kpi",
            "deadline_date",
        )
        labels = {
            "affected": _("Who has it?"),
            "problem": _("What is the problem?"),
            "line": _("Business line that leads it"),
            "hoped_kpi": _("KPI it should move"),
            "deadline_date": _("Deadline"),
        }
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 6}),
            "affected": forms.TextInput(),
            "deadline_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        choose(self, "source", Source.objects.visible_to(person).filter(active=True))
        choose(self, "line", BusinessLine.objects.visible_to(person))
        teams = Team.objects.visible_to(person).filter(line=row.line_id)
        choose(self, "team", teams)
        choose(self, "hoped_kpi", KPI.objects.visible_to(person))
        self.fields["row_version"].initial = row.row_version
        self.ask(row.source, row.source_fields, required=False)

    def wanted(self) -> dict[str, Any]:
        """The fields for `edit_initiative`, without the version."""
        told = {n: self.cleaned_data[n] for n in self.Meta.fields}
        kept = {**self.instance.source_fields, **dict.fromkeys(self._asked(), "")}
        answered = {**kept, **self.answers(self.cleaned_data)}
        told["source_fields"] = {n: v for n, v in answered.items() if v}
        return told

    def _asked(self) -> list[str]:
        return [n.removeprefix("source_") for n in self.fields if n.startswith("source_")]

    def _post_clean(self) -> None:
        """The row stays as it was read: the action writes, not the form."""


def offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    """Give a choice field its choices."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def choose(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Give a choice field its rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
