"""Signing in and out, and choosing a new password. The flow is django-allauth's, the pages are ours."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.mixins import RedirectAuthenticatedUserMixin
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as providers
from django.contrib.auth import views
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.actions import end_sessions
from accounts.entry.adapters import TYPED
from accounts.entry.events import Kind, happened
from accounts.forms import ForgottenForm, SignInForm
from accounts.signin import unlock

UNPROCESSABLE, TOO_MANY = 422, 429


class Refusing:
    """A refused form is answered with 422, so that scripts and people see the same."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = TOO_MANY if getattr(form, "blocked", False) else UNPROCESSABLE
        return response


class SignIn(Refusing, RedirectAuthenticatedUserMixin, views.LoginView):
    """`next` is followed only to our own pages."""

    template_name = "registration/login.html"
    authentication_form = SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Password accepted: the flow asks for the second step, or lets in."""
        person = form.get_user()
        setattr(self.request, TYPED, form.cleaned_data["password"])
        login = Login(user=person, redirect_url=self.get_success_url())
        return perform_password_login(self.request, {"email": person.email}, login)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        wanted = told.get("next", "")
        more = {"next": wanted} if wanted else {}
        told["providers"] = [
            {"name": each.app.name, "href": each.get_login_url(self.request, **more)}
            for each in providers().list_providers(self.request)
        ]
        return told


class SignOut(views.LogoutView):
    """POST only."""

    next_page = "signed_out"


class Forgotten(Refusing, views.PasswordResetView):
    """Answers the same whether or not the address belongs to somebody."""

    form_class = ForgottenForm
    template_name = "registration/password_reset_form.html"


class NewPassword(Refusing, views.PasswordResetConfirmView):
    """The page behind the link in the mail. A new password opens a locked account at once and ends
    every session; a second step is still asked for.
    """

    template_name = "registration/password_reset_confirm.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        unlock(form.user)
        end_sessions(person=form.user)
        happened(form.user, Kind.PASSWORD, self.request, _("by mail"))
        return response
