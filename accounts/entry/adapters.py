"""What django-allauth asks us: who may join, how second steps are sealed, who a company account is."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth import login as django_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from accounts.entry.places import device_of, place_of
from accounts.entry.rules import NEEDS, owed
from accounts.entry.store import DEVICE, PLACE

TYPED = "_typed"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; sessions keep where they began."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened in our words; the package's own are dropped."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mails are due rows, promised where the event is written."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("home")

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in by the flow: the session learns its place, its device and what is still owed."""
        request.session[PLACE], request.session[DEVICE] = place_of(request), device_of(request)
        user.backend = "django.contrib.auth.backends.ModelBackend"
        by_directory = any(
            record.get("method") == "socialaccount"
            for record in get_authentication_records(request, user)
        )
        typed = getattr(request, TYPED, "")
        django_login(request, user)
        needs = owed(user, password=typed, by_directory=by_directory)
        if needs:
            request.session[NEEDS] = needs

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, _("This account cannot sign in. Ask an administrator."))
        return redirect("sign_in")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Passkeys are asked first where there is one, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found = super().get_reauthentication_methods(user)
        return [{**each, "description": words[each["id"]]} for each in found]


class MfaAdapter(DefaultMFAAdapter):
    """Seeds are sealed in accounts/entry/totp.py, where the row is known."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This was not accepted. Try again, or use another way."),
    }

    def _get_site_name(self) -> str:
        return "Gateline"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Mails are due rows, promised where the event is written."""
