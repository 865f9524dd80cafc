"""Forms of templates: for whom, and the sections. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import REVIEW_FUNCTIONS, BusinessLine
from rfc.actions.templates import SectionSpec
from rfc.queries.templates import sources
from rfc.text.sections import sections

MOST_SECTIONS = 40


class TemplateForm(forms.Form):
    """For whom a template is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    line = forms.ModelChoiceField(
        BusinessLine.objects.all(),
        label=gettext_lazy("Business line"),
        required=False,
        empty_label=gettext_lazy("Every line"),
    )
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What changes and why"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Kept with the version."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Every source")), *sources()]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class SectionForm(forms.Form):
    """One section. Without heading and question it is left out."""

    heading = forms.CharField(label=gettext_lazy("Heading"), max_length=120, required=False)
    guidance = forms.CharField(
        label=gettext_lazy("Question to the author"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    required = forms.BooleanField(label=gettext_lazy("Must be written"), required=False)
    material = forms.BooleanField(
        label=gettext_lazy("A change makes approvals stale"), required=False
    )
    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Judged by"),
        choices=[(str(role), role.label) for role in REVIEW_FUNCTIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything into it."""
        told = self.cleaned_data
        return not (told.get("heading", "").strip() or told.get("guidance", "").strip())

    def clean_heading(self) -> str:
        heading = " ".join(self.cleaned_data["heading"].split())
        found = sections(f"## {heading}\n") if heading else []
        if heading and (len(found) != 1 or found[0].heading != heading):
            raise forms.ValidationError(
                _("Write the heading as plain words, without Markdown's marks.")
            )
        return heading

    def clean_guidance(self) -> str:
        guidance: str = " ".join(self.cleaned_data["guidance"].split())
        if "--" in guidance:
            raise forms.ValidationError(
                _("Two hyphens would end the comment the question stands in; use a dash: –")
            )
        return guidance

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.empty:
            if not told["heading"]:
                self.add_error("heading", _("Name the section, or clear its question too."))
            if not told["guidance"]:
                self.add_error("guidance", _("Say what the author has to answer here."))
        return told

    def spec(self) -> SectionSpec:
        """The section as the action takes it."""
        told = self.cleaned_data
        return SectionSpec(
            told["heading"],
            told["guidance"],
            required=told["required"],
            material=told["material"],
            functions=told["functions"],
        )


class BaseSections(forms.BaseFormSet):
    """The sections in the order somebody gave them."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Leave it out")

    def specs(self) -> list[SectionSpec]:
        """What is left after leaving out, by place."""
        kept = [
            form for form in self.forms if not form.empty and not form.cleaned_data.get("DELETE")
        ]
        last = len(self.forms) + 1
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or last)
        return [form.spec() for form in kept]


Sections = forms.formset_factory(
    SectionForm,
    formset=BaseSections,
    extra=0,
    can_order=True,
    can_delete=True,
    max_num=MOST_SECTIONS,
    validate_max=True,
)


def section_rows(rows: Any) -> list[dict[str, Any]]:
    """What the formset starts with."""
    names = ("heading", "guidance", "required", "material", "functions")
    return [{name: getattr(row, name) for name in names} for row in rows]
