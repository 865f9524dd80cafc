"""Forms of lines, teams and sub-teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.own import zones
from accounts.models import Person, Role


class LineForm(forms.Form):
    """A business line."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence: for whom, and what for."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        initial="UTC",
        help_text=_("Its working days end in it."),
    )


class StartLineForm(LineForm):
    """A line that starts with a product manager in every role."""

    team = forms.CharField(
        label=_("Name of its first team"),
        max_length=120,
        required=False,
        help_text=_("Left empty it is called like the line."),
    )
    product_manager = forms.ModelChoiceField(
        label=_("Product manager"),
        queryset=Person.objects.none(),
        help_text=_("Reports to you, researches the line and acts in all of its roles."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product_manager"].queryset = Person.objects.active()  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    """A product team."""

    name = forms.CharField(label=_("Name"), max_length=120)


class SubTeamForm(forms.Form):
    """People of one function within a team."""

    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.ChoiceField(label=_("Function"), choices=Role, initial=Role.ENGINEER)


class CloseForm(forms.Form):
    """Whether the roles held there end with it."""

    end_roles = forms.BooleanField(label=_("End the roles that are held there"), required=False)
