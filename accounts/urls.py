"""Addresses of people: the door, settings, teams; the API below /api/v1/."""

from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import TemplateView

from accounts.views import door, settings, teams

urlpatterns = [
    path("sign-in", door.SignIn.as_view(), name="sign_in"),
    path("sign-out", door.SignOut.as_view(), name="sign_out"),
    path(
        "signed-out",
        TemplateView.as_view(template_name="registration/logged_out.html"),
        name="signed_out",
    ),
    path("password/forgotten", door.Forgotten.as_view(), name="password_reset"),
    path("password/sent", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "password/new/<uidb64>/<token>", door.NewPassword.as_view(), name="password_reset_confirm"
    ),
    path(
        "password/saved", auth.PasswordResetCompleteView.as_view(), name="password_reset_complete"
    ),
    path("settings", settings.settings, name="settings"),
    path("teams", teams.team_list, name="team_list"),
    path("teams/reporting", teams.reporting, name="reporting"),
    path("teams/<slug:line>", teams.line_detail, name="line_detail"),
    path("teams/<slug:line>/roles/new", teams.membership_new, name="membership_new"),
    path("teams/<slug:line>/roles/<int:pk>/end", teams.membership_end, name="membership_end"),
    path("teams/<slug:line>/<slug:team>", teams.team_detail, name="team_detail"),
    path("people/<int:pk>", teams.person_detail, name="person_detail"),
    path("api/v1/", include("accounts.api.urls")),
]
