"""Forms of the door: signing in, a forgotten password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.utils.translation import gettext_lazy as _

from accounts.actions import ask_for_password_reset
from accounts.entry.events import Kind, happened
from accounts.entry.places import place_of
from accounts.models import Person
from accounts.signin import claim, forget

LOCKED = _(
    "Too many attempts. Wait a quarter of an hour, or choose a new password by mail: that opens "
    "the account at once."
)


class SignInForm(AuthenticationForm):
    """Address and password. One answer for every failure, so that nobody learns who is here."""

    error_messages = {
        "invalid_login": _("This address and password do not belong together."),
        "inactive": _("This address and password do not belong together."),
        "blocked": LOCKED,
    }

    blocked = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username webauthn", "autofocus": True, "maxlength": 254}
        )

    def clean(self) -> dict[str, Any]:
        email = str(self.cleaned_data.get("username") or "")
        place = place_of(self.request)
        attempt = claim(email, place)
        if attempt is None:
            self.blocked = True
            self._tell(email, Kind.LOCKED)
            raise forms.ValidationError(self.error_messages["blocked"], code="blocked")
        try:
            told = super().clean()
        except forms.ValidationError:
            self._tell(email, Kind.FAILED)
            raise
        if self.get_user():
            forget(email, place)
        return told

    def _tell(self, email: str, kind: str) -> None:
        person = Person.objects.filter(email__iexact=email.strip()).first()
        happened(person, kind, self.request)


class ForgottenForm(PasswordResetForm):
    """Promises a mail; a worker sends it, so that the answer tells nothing by its time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def save(self, *args: Any, **kwargs: Any) -> None:
        ask_for_password_reset(email=self.cleaned_data["email"])
