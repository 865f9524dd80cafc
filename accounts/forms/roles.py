"""Forms of roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Role, SubTeam, Team


class MembershipForm(forms.Form):
    """A role somebody gets in a line or one of its teams."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        required=False,
        help_text=_("Leave empty for the whole line."),
    )
    sub_team = forms.ModelChoiceField(
        label=_("Sub-team"), queryset=SubTeam.objects.none(), required=False
    )
    acting = forms.BooleanField(
        label=_("Acting"),
        required=False,
        help_text=_("Holds the role until somebody is found for it."),
    )

    started = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty: from now on."),
    )
    last_date = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty: until it is ended. The role ends by itself after this day."),
    )

    def __init__(self, *args: Any, line: BusinessLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.active()  # type: ignore[attr-defined]
        self.fields["team"].queryset = line.teams.filter(closed_at=None)  # type: ignore[attr-defined]
        subs = SubTeam.objects.open().filter(team__line=line).select_related("team")
        self.fields["sub_team"].queryset = subs  # type: ignore[attr-defined]
