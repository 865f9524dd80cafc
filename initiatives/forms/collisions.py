"""Forms of the collision radar: its filters, a judgement on two initiatives. Shape only."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine
from initiatives.forms.request import choose
from initiatives.queries.collisions import KINDS

STATES = (
    ("open", _("Not dismissed")),
    ("asked", _("Question open")),
    ("dismissed", _("Dismissed")),
    ("all", _("All")),
)


class RadarForm(forms.Form):
    """What the address narrows to; a bad value filters nothing and is named."""

    line = forms.ModelChoiceField(
        label=_("Line"),
        required=False,
        to_field_name="slug",
        queryset=BusinessLine.objects.none(),
        empty_label=_("Any line"),
    )
    other = forms.ModelChoiceField(
        label=_("And line"),
        required=False,
        to_field_name="slug",
        queryset=BusinessLine.objects.none(),
        empty_label=_("Any line"),
    )
    kind = forms.ChoiceField(
        label=_("Meet in"),
        required=False,
        choices=[("", _("Anything")), *((k, words) for k, (words, _i) in KINDS.items()
                                        if k != "weeks")],
    )  # fmt: skip
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("line", "other"):
            choose(self, name, BusinessLine.objects.visible_to(person))

    def told(self) -> dict[str, Any]:
        """The arguments of the query; what cannot be read is left out."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "line": given["line"].pk if given.get("line") else None,
            "other": given["other"].pk if given.get("other") else None,
            "kind": given.get("kind") or "",
            "state": given.get("state") or "open",
        }


class DismissForm(forms.Form):
    """Why two initiatives do not collide, and until when that holds."""

    reason = forms.CharField(
        label=_("Why they do not collide"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept. A new thing they share shows them again."),
    )
    until = forms.DateField(label=_("Holds until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = timezone.localdate() + timedelta(days=settings.COLLISION_DISMISSAL_DAYS)
        self.initial.setdefault("until", later.isoformat())


class AskForm(forms.Form):
    """A question to both owners."""

    question = forms.CharField(
        label=_("Question to both owners"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on both initiatives and on Home of both owners."),
    )


class EndForm(forms.Form):
    """The answer to a question; a dismissal ends without words."""

    answer = forms.CharField(
        label=_("What was answered"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
