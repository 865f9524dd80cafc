"""Addresses of people: the door, settings, teams; the API below /api/v1/."""

from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.generic import TemplateView

from accounts.views import (
    company,
    door,
    following,
    inbox,
    invitations,
    portrait,
    security,
    settings,
    tokens,
)

urlpatterns = [
    path("sign-in", door.SignIn.as_view(), name="sign_in"),
    # The package asks for its entrance by this name.
    path("sign-in", door.SignIn.as_view(), name="account_login"),
    path("sign-in/code", security.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey", security.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-in/with/<str:provider_id>", company.oidc_login, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back", company.oidc_back, name="openid_connect_callback"),
    path("sign-in/saml/<str:organization_slug>", company.saml_login, name="saml_login"),
    path("sign-in/saml/<str:organization_slug>/acs", company.saml_acs, name="saml_acs"),
    path("sign-in/saml/<str:organization_slug>/done", company.saml_finish, name="saml_finish_acs"),
    path(
        "sign-in/saml/<str:organization_slug>/metadata", company.saml_metadata, name="saml_metadata"
    ),
    path("sign-in/saml/<str:organization_slug>/out", company.saml_out, name="saml_sls"),
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
    path("settings/notifications", inbox.telling, name="notice_settings"),
    path("follow/<slug:kind>/<int:pk>", following.follow, name="follow"),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/done", inbox.inbox_done, name="inbox_done"),
    path("inbox/undo", inbox.inbox_undo, name="inbox_undo"),
    path("inbox/<int:pk>", inbox.open_notice, name="notice"),
    path("inbox/<int:pk>/done", inbox.notice_done, name="notice_done"),
    path("inbox/<int:pk>/unread", inbox.notice_unread, name="notice_unread"),
    path("settings/tokens", tokens.OwnTokens.as_view(), name="own_tokens"),
    path("tokens", tokens.ServiceTokens.as_view(), name="service_tokens"),
    path("tokens/<int:pk>", tokens.OneToken.as_view(), name="token"),
    path("tokens/<int:pk>/revoke", tokens.RevokeToken.as_view(), name="token_revoke"),
    path("settings/picture", portrait.portrait_change, name="portrait_change"),
    path("people/<int:pk>/picture", portrait.portrait, name="portrait"),
    path("settings/sign-in", invitations.sign_in_rule, name="sign_in_rule"),
    path("invitations", invitations.invitations, name="invitations"),
    path("invitations/join/<str:token>", invitations.join, name="invitation_join"),
    path(
        "invitations/<uuid:public_id>/again", invitations.invitation_again, name="invitation_again"
    ),
    path(
        "invitations/<uuid:public_id>/revoke",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("settings/security", security.security, name="security"),
    path("settings/security/password", security.password_change, name="password_change"),
    path(
        "settings/security/confirm",
        security.ConfirmPassword.as_view(),
        name="account_reauthenticate",
    ),
    path(
        "settings/security/confirm/code", security.ConfirmCode.as_view(), name="mfa_reauthenticate"
    ),
    path(
        "settings/security/confirm/passkey",
        security.ConfirmPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "settings/security/app/new", security.AuthenticatorNew.as_view(), name="mfa_activate_totp"
    ),
    path(
        "settings/security/app/remove",
        security.AuthenticatorRemove.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("settings/security/passkeys/new", security.PasskeyNew.as_view(), name="mfa_add_webauthn"),
    path(
        "settings/security/passkeys/<int:pk>/remove",
        security.PasskeyRemove.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("settings/security/recovery-codes", security.recovery_codes, name="recovery_codes"),
    path(
        "settings/security/sessions/<uuid:public_id>/end", security.session_end, name="session_end"
    ),
    path("settings/security/sessions/end", security.sessions_end, name="sessions_end"),
    path("", include("accounts.routes")),
    path("api/v1/", include("accounts.api.urls")),
]
