"""Forms of second steps: codes, passkeys, and proving again who one is. Every try is counted."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as package
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import recovery, totp
from accounts.entry.events import Kind, happened
from accounts.entry.places import place_of
from accounts.entry.policy import MOST
from accounts.forms.door import LOCKED
from accounts.signin import claim, code_key, forget
from config.seal import SealBroken, unseal

OFFER = "_authenticator_offer"
WRONG = _("This code was not accepted. Each code works once; wait for the next one.")


class Counted(forms.Form):
    """A proof by a known person: counted before it is judged, forgotten when it was right."""

    blocked = False

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def count(self) -> None:
        """Raise when there were too many tries."""
        if claim(code_key(self.user), place_of(context.request)) is None:
            self.blocked = True
            happened(self.user, Kind.LOCKED, context.request)
            raise forms.ValidationError(LOCKED, code="blocked")

    def right(self) -> None:
        forget(code_key(self.user), place_of(context.request))


class CodeForm(Counted):
    """The code of the authenticator app, or a recovery code."""

    reauthenticated = False
    authenticator: Authenticator | None = None
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits of your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).replace(" ", "")
        self.count()
        apps = Authenticator.objects.filter(user=self.user)
        app = apps.filter(type=Authenticator.Type.TOTP).first()
        if app is not None and totp.use_code(app, code):
            self.authenticator = app
        elif recovery.use_code(self.user, code):
            # The package notes a way in by its row; a recovery code stands for the first of them.
            self.authenticator = app or apps.first()
            happened(self.user, Kind.CODE_USED, context.request)
        if self.authenticator is None:
            happened(self.user, Kind.CODE_FAILED, context.request)
            raise forms.ValidationError(WRONG, code="incorrect_code")
        self.right()
        return code

    def save(self) -> None:
        """The flow goes on."""
        assert self.authenticator is not None
        self.authenticator.refresh_from_db()
        self.authenticator.user = self.user
        post_authentication(
            context.request, self.authenticator, reauthenticated=self.reauthenticated
        )


class ConfirmCodeForm(CodeForm):
    """A code, to prove again who one is."""

    reauthenticated = True


class ConfirmPasswordForm(Counted):
    """The password, to prove again who one is."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=MOST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        self.count()
        if not self.user.check_password(password):
            happened(self.user, Kind.FAILED, context.request)
            raise forms.ValidationError(_("This is not your password."), code="incorrect_password")
        self.right()
        return password


class PasskeyCodeForm(AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey: it signs in by itself, so it asks for the finger, the face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name of this passkey"),
            max_length=60,
            required=False,
            help_text=_("Say where it lives, for example “Work laptop”."),
        )
        self.fields.pop("passwordless", None)
        self.order_fields(["name", "credential"])

    def clean(self) -> dict[str, Any]:
        # The package asks for a verified person only when the box is ticked; here it always is.
        self.cleaned_data["passwordless"] = True
        told: dict[str, Any] = super().clean()
        return told


class NewAuthenticatorForm(Counted):
    """The first code of a new authenticator app. The offered seed waits sealed in the session."""

    code = forms.CharField(
        label=_("Code the app shows now"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.secret, self.seed = self._offer(renew=not self.is_bound)

    def _offer(self, *, renew: bool) -> tuple[str, str]:
        """The seed as the row will hold it, and as the app reads it."""
        session = context.request.session
        sealed = "" if renew else str(session.get(OFFER, ""))
        try:
            return sealed, unseal(sealed, bound_to=totp.bound(self.user.pk))
        except SealBroken:
            seed = package.generate_totp_secret()
            session[OFFER] = totp.seal_seed(self.user.pk, seed)
            return session[OFFER], seed

    def clean_code(self) -> str:
        validate_can_add_authenticator(self.user)
        self.count()
        code = str(self.cleaned_data["code"]).replace(" ", "")
        if not package.validate_totp_code(self.seed, code):
            raise forms.ValidationError(
                _("This is not the code of now. Check the clock of your phone, then try again."),
                code="incorrect_code",
            )
        self.right()
        return code
