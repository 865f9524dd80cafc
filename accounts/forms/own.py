"""Forms of the own account."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person


def zones() -> list[tuple[str, str]]:
    """Every zone by name."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class SettingsForm(forms.Form):
    """One's own settings."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, help_text=_("Moments are shown in it.")
    )
    home_line = forms.ModelChoiceField(
        label=_("Business line you mostly work in"),
        queryset=BusinessLine.objects.open(),
        required=False,
        empty_label=_("None of them"),
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=Person.Theme, widget=forms.RadioSelect)
    density = forms.ChoiceField(
        label=_("Rows of lists"),
        choices=Person.Density,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Also under “Display” on the list of initiatives."),
    )
    letter_keys = forms.BooleanField(
        label=_("Letter shortcuts"),
        required=False,
        help_text=_("C for a new initiative, G then K for KPIs. Press ? for all of them."),
    )
