"""Forms of research notes and their quotes. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from initiatives.forms.belief import DAY, not_ahead
from initiatives.forms.named import InitiativeNamed, name_within
from initiatives.models import Evidence, Initiative, ResearchNote


class NoteForm(forms.ModelForm):
    """What was heard or read."""

    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ResearchNote
        fields = (
            "title",
            "text",
            "method",
            "kind",
            "origin",
            "collected_date",
            "sample",
            "from_customers",
            "link",
        )
        labels = {
            "title": gettext_lazy("Title"),
            "text": gettext_lazy("Text"),
            "method": gettext_lazy("Method"),
            "kind": gettext_lazy("Kind"),
            "origin": gettext_lazy("Where it came from"),
            "collected_date": gettext_lazy("Collected on"),
            "sample": gettext_lazy("Sample"),
            "from_customers": gettext_lazy("From real customers"),
            "link": gettext_lazy("Link"),
        }
        help_texts = {
            "text": gettext_lazy(
                "As it was said or written; leave out names and numbers of people."
            ),
            "origin": gettext_lazy("The interview series, the survey, the report, the authority."),
            "sample": gettext_lazy("How many people or records."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 14}), "collected_date": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collected_date"].validators.append(not_ahead)
        if self.instance.pk:
            self.fields["row_version"].initial = self.instance.row_version

    def wanted(self) -> dict[str, Any]:
        """The fields, without the version."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self) -> None:
        """The row stays as it was read: the action writes, not the form."""


class QuoteForm(forms.Form):
    """Words of a note, and the initiative they speak to."""

    quote = forms.CharField(
        label=gettext_lazy("Words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Select them in the text and press E, or copy them here."),
        max_length=2000,
    )
    initiative = InitiativeNamed(offered="offered")
    points = forms.ChoiceField(
        label=gettext_lazy("It points"), choices=Evidence.Points.choices, widget=forms.RadioSelect,
        initial="for",
    )  # fmt: skip
    finding = forms.CharField(
        label=gettext_lazy("What it says, in your words"), required=False, max_length=2000
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_within(self, "initiative", Initiative.objects.visible_to(person))
