"""Signing in and out, and choosing a new password. Django's views with our forms and pages."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpResponse

from accounts.forms import ForgottenForm, SignInForm

UNPROCESSABLE, TOO_MANY = 422, 429


class Refusing:
    """A refused form is answered with 422, so that scripts and people see the same."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = TOO_MANY if getattr(form, "blocked", False) else UNPROCESSABLE
        return response


class SignIn(Refusing, views.LoginView):
    """`next` is followed only to our own pages."""

    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(views.LogoutView):
    """POST only."""

    next_page = "signed_out"


class Forgotten(Refusing, views.PasswordResetView):
    """Answers the same whether or not the address belongs to somebody."""

    form_class = ForgottenForm
    template_name = "registration/password_reset_form.html"


class NewPassword(Refusing, views.PasswordResetConfirmView):
    """The page behind the link in the mail."""

    template_name = "registration/password_reset_confirm.html"
