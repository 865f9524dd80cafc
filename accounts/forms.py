"""The shape of what people type about themselves and about roles."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.utils.translation import gettext_lazy as _

from accounts.actions import ask_for_password_reset
from accounts.models import BusinessLine, Person, Role, SubTeam, Team
from accounts.signin import forget, is_blocked, note_failure


class SignInForm(AuthenticationForm):
    """Address and password. One answer for every failure, so that nobody learns who is here."""

    error_messages = {
        "invalid_login": _("This address and password do not belong together."),
        "inactive": _("This address and password do not belong together."),
        "blocked": _("Too many attempts. Wait a quarter of an hour, or reset your password."),
    }

    blocked = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )

    def clean(self) -> dict[str, Any]:
        email = str(self.cleaned_data.get("username") or "")
        place = self.request.META.get("REMOTE_ADDR") if self.request else None
        if email and is_blocked(email, place):
            self.blocked = True
            raise forms.ValidationError(self.error_messages["blocked"], code="blocked")
        try:
            told = super().clean()
        except forms.ValidationError:
            note_failure(email, place)
            raise
        if self.get_user():
            forget(email, place)
        return told


class ForgottenForm(PasswordResetForm):
    """Promises a mail; a worker sends it, so that the answer tells nothing by its time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def save(self, *args: Any, **kwargs: Any) -> None:
        ask_for_password_reset(email=self.cleaned_data["email"])


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class SettingsForm(forms.Form):
    """One's own settings."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_zones, help_text=_("Moments are shown in it.")
    )
    home_line = forms.ModelChoiceField(
        label=_("Business line you mostly work in"),
        queryset=BusinessLine.objects.all(),
        required=False,
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=Person.Theme, widget=forms.RadioSelect)
    letter_keys = forms.BooleanField(
        label=_("Letter shortcuts"),
        required=False,
        help_text=_("C for a new initiative, G then K for KPIs. Press ? for all of them."),
    )


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

    def __init__(self, *args: Any, line: BusinessLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.active()  # type: ignore[attr-defined]
        self.fields["team"].queryset = line.teams.all()  # type: ignore[attr-defined]
        subs = SubTeam.objects.filter(team__line=line).select_related("team")
        self.fields["sub_team"].queryset = subs  # type: ignore[attr-defined]
