"""The own way in: password, second steps, sessions. Changes ask again who one is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.base import views as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import change_password, end_sessions, end_sessions_of, make_recovery_codes
from accounts.entry import recovery
from accounts.entry.overview import way_in
from accounts.entry.places import place_of
from accounts.entry.policy import has_factor, least_for
from accounts.entry.rules import NEEDS
from accounts.forms.factors import ConfirmPasswordForm
from accounts.identity import signed_in
from accounts.models import Person
from accounts.signin import claim, forget
from accounts.views.door import Refusing

View = Callable[..., HttpResponse]
# Who has not proved within five minutes who it is, is asked first.
again: Callable[[View], View] = reauthentication_required(app="allauth.mfa")


@require_GET
@login_required
def security(request: HttpRequest) -> HttpResponse:
    """Password, second steps, sessions and what happened lately."""
    person = signed_in(request)
    context = way_in(person, request.session.session_key)
    return render(request, "accounts/security.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@again
def password_change(request: HttpRequest) -> HttpResponse:
    """Choose another password; the other sessions end."""
    person = signed_in(request)
    form: Any = SetPasswordForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["new_password1"]
        change_password(person=person, password=chosen, request=request)
        request.session.pop(NEEDS, None)
        update_session_auth_hash(request, person)
        messages.success(request, _("Your password is changed; your other sessions ended."))
        return redirect("security")
    context = {"form": form, "least": least_for(person)}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/password.html", context, status=status)


@require_POST
@login_required
def session_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one of one's sessions; another person's is not there."""
    ended = end_sessions(person=signed_in(request), public_id=public_id, request=request)
    if ended:
        messages.success(request, _("That session has ended."))
    else:
        messages.info(request, _("That session had ended already."))
    return redirect("security")


@require_POST
@login_required
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    person = signed_in(request)
    ended = end_sessions(person=person, but=request.session.session_key, request=request)
    said = ngettext("%d session has ended.", "%d sessions have ended.", ended) % ended
    messages.success(request, said if ended else _("There was no other session."))
    return redirect("security")


@require_POST
@login_required
def person_sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator ends every session of somebody."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    ended = end_sessions_of(actor=signed_in(request), person=person)
    said = ngettext("%d session has ended.", "%d sessions have ended.", ended) % ended
    messages.success(request, said if ended else _("There was no session."))
    return redirect(person if person != request.user else "sign_in")


class Renewing:
    """Who proved again who it is goes on with another key: one that was stolen before is worth nothing."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        self.request.session.renew()  # type: ignore[attr-defined]
        return response


@method_decorator(login_required, name="dispatch")
class ConfirmPassword(Renewing, Refusing, BaseReauthenticateView):
    """Prove again who one is, by password."""

    form_class = ConfirmPasswordForm
    template_name = "accounts/confirm_password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        reauthenticate_by_password(self.request)
        return super().form_valid(form)


class ConfirmCode(Renewing, Refusing, codes.ReauthenticateView):
    """Prove again who one is, by a code."""

    template_name = "accounts/confirm_code.html"


class ConfirmPasskey(Renewing, passkeys.ReauthenticateWebAuthnView):
    """Prove again who one is, by a passkey."""

    template_name = "accounts/confirm_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("The passkey was not accepted. Try again."))
        return redirect(self.request.get_full_path())


class SecondStep(codes.AuthenticateView):
    """The second step of signing in: a code or a passkey."""

    template_name = "registration/second_step.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        if not hasattr(form, "authenticator"):
            messages.error(self.request, _("The passkey was not accepted. Try again."))
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if getattr(form, "blocked", False) else 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        mine = Authenticator.objects.filter(user=self.stage.login.user)
        told["has_passkey"] = mine.filter(type=Authenticator.Type.WEBAUTHN).exists()
        return told


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """Sign in by passkey alone. GET with `Accept: application/json` hands out the question."""

    def form_invalid(self, form: Any) -> HttpResponse:
        place = place_of(self.request)
        if claim(f"passkey:{place}", place) is None:
            messages.error(self.request, _("Too many attempts. Wait a quarter of an hour."))
        else:
            messages.error(
                self.request,
                _("This passkey is not known here. Use your password, or another one."),
            )
        return redirect("sign_in")

    def form_valid(self, form: Any) -> HttpResponse:
        place = place_of(self.request)
        forget(f"passkey:{place}", place)
        response: HttpResponse = super().form_valid(form)
        return response


def _after_adding(request: Any) -> str:
    """What was owed is paid; codes for bad days come with the first second step."""
    request.session.pop(NEEDS, None)
    return reverse("security") if recovery.left(request.user) else reverse("recovery_codes")


class AuthenticatorNew(Refusing, apps.ActivateTOTPView):
    """Tie an authenticator app to the account."""

    template_name = "accounts/authenticator_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        # The package draws the picture from `secret`, which is sealed here.
        sealed, form.secret = form.secret, form.seed
        told: dict[str, Any] = super().get_context_data(form=form)
        form.secret = sealed
        seed = form.seed
        told["spelled"] = " ".join(seed[i : i + 4] for i in range(0, len(seed), 4))
        return told

    def get_success_url(self) -> str:
        messages.success(self.request, _("Your authenticator app is the second step from now on."))
        return _after_adding(self.request)


class AuthenticatorRemove(apps.DeactivateTOTPView):
    """Let go of the authenticator app."""

    template_name = "accounts/factor_remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        return told | _removal(_("your authenticator app"))

    def get_success_url(self) -> str:
        messages.success(self.request, _("The authenticator app is removed."))
        return reverse("security")


class PasskeyNew(Refusing, passkeys.AddWebAuthnView):
    """Make a passkey."""

    template_name = "accounts/passkey_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        told["js_data"] = {"creation_options": begin_registration(signed_in(self.request), True)}
        if "form" in kwargs:
            told["form"] = kwargs["form"]
        return told

    def get_success_url(self) -> str:
        messages.success(self.request, _("The passkey is saved: you can sign in with it alone."))
        return _after_adding(self.request)


class PasskeyRemove(passkeys.RemoveWebAuthnView):
    """Let go of a passkey."""

    template_name = "accounts/factor_remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[no-untyped-call]
        return told | _removal(self.object.wrap().name)

    def get_success_url(self) -> str:
        messages.success(self.request, _("The passkey is removed."))
        return reverse("security")


def _removal(what: str) -> dict[str, Any]:
    return {
        "what": what,
        "danger": True,
        "action_label": _("Remove"),
        "cancel_href": reverse("security"),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@again
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many are left; POST makes new ones and shows them this once."""
    person = signed_in(request)
    if not has_factor(person):
        messages.info(request, _("Recovery codes come with a second step; add one first."))
        return redirect("security")
    made = make_recovery_codes(person=person, request=request) if request.method == "POST" else []
    context = {"codes": made, "left": recovery.left(person)}
    return render(request, "accounts/recovery_codes.html", context)
