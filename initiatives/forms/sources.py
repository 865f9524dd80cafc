"""A source with its questions. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import EvidenceRule, Source

KINDS = (
    ("text", gettext_lazy("One line")),
    ("long", gettext_lazy("Several lines")),
    ("date", gettext_lazy("A day")),
    ("number", gettext_lazy("A number")),
)
ICONS = (
    "sprout", "scale", "wrench", "landmark", "bug", "headset", "telescope", "circle-dot",
    "shield", "users", "truck", "leaf", "megaphone", "handshake",
)  # fmt: skip
SPARE = 3
MOST = 20


class QuestionForm(forms.Form):
    """One question. An existing one keeps its name; an empty label in a spare row is no question."""

    name = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    label = forms.CharField(label=gettext_lazy("Question"), required=False, max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Answer"), choices=KINDS)
    help = forms.CharField(label=gettext_lazy("Help"), required=False, max_length=200)
    remove = forms.BooleanField(label=gettext_lazy("Remove"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("name") and not told.get("label") and not told.get("remove"):
            self.add_error("label", _("Name the question, or remove it."))
        return told


Questions = forms.formset_factory(QuestionForm, extra=SPARE, max_num=MOST, validate_max=True)


class SourceForm(forms.Form):
    """What a source is called, what proof it owes, whether people may choose it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    rule = forms.ChoiceField(
        label=gettext_lazy("Evidence rule"),
        choices=EvidenceRule.choices,
        help_text=gettext_lazy(
            "What it owes before it may leave discovery. Questions the rule needs are added."
        ),
    )
    icon = forms.ChoiceField(label=gettext_lazy("Icon"), choices=[(i, i) for i in ICONS])
    mandatory_lane = forms.BooleanField(
        label=gettext_lazy("Goes into the mandatory lane"), required=False
    )
    active = forms.BooleanField(label=gettext_lazy("People may choose it"), required=False)

    def __init__(self, *args: Any, source: Source | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        icon = source.icon if source else ICONS[0]
        if icon not in ICONS:
            self.fields["icon"] = forms.ChoiceField(
                label=_("Icon"), choices=[(i, i) for i in (icon, *ICONS)]
            )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = Source.objects.exclude(pk=self.source.pk) if self.source else Source.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("A source of this name exists already."))
        return name


def questions_of(source: Source | None) -> list[dict[str, Any]]:
    """The questions as the form shows them."""
    rows = source.fields if source else []
    names = ("name", "label", "kind", "help")
    return [{name: row.get(name, "") for name in names} for row in rows]


def told_questions(forms_of: Any) -> list[dict[str, str]]:
    """The questions that stay, in their order."""
    return [
        {name: told.get(name, "") for name in ("name", "label", "kind", "help")}
        for told in forms_of.cleaned_data
        if told.get("label") and not told.get("remove")
    ]
