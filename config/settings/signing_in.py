"""Settings of django-allauth. Its rate limits are off: ours count in PostgreSQL (accounts/signin.py)."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.settings import environment


def _apps(told: list[dict[str, Any]], named: str) -> list[dict[str, Any]]:
    """Providers of the environment; one without a name is shown by its id."""
    return [{"name": each.get("name", each[named]), **each} for each in told]


def saml_apps(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a directory says of a person is signed by it; who wants less has to write it down."""
    found = _apps(told, "client_id")
    for app in found:
        more = app.setdefault("settings", {})
        if more.get("idp", {}).get("metadata_url"):
            # The package would fetch it past the one client that calls other hosts.
            message = (
                f"GATELINE_SAML: give {app['name']} entity_id, sso_url and x509cert; "
                "a metadata_url is not fetched."
            )
            raise ImproperlyConfigured(message)
        # Inside a company our own host may be one word.
        kept = {"want_assertion_signed": True, "allow_single_label_domains": True}
        more["advanced"] = kept | more.get("advanced", {})
    return found


SETTINGS: dict[str, Any] = {
    "ACCOUNT_ADAPTER": "accounts.entry.adapters.AccountAdapter",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_EMAIL_NOTIFICATIONS": False,
    "ACCOUNT_RATE_LIMITS": False,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
    "ACCOUNT_LOGIN_TIMEOUT": 600,
    "MFA_ADAPTER": "accounts.entry.adapters.MfaAdapter",
    # Recovery codes are ours (accounts/entry/recovery.py): the package keeps them readable.
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_TOTP_ISSUER": "Gateline",
    "ACCOUNT_FORMS": {"reauthenticate": "accounts.forms.factors.ConfirmPasswordForm"},
    "MFA_FORMS": {
        "authenticate": "accounts.forms.factors.CodeForm",
        "authenticate_webauthn": "accounts.forms.factors.PasskeyCodeForm",
        "reauthenticate": "accounts.forms.factors.ConfirmCodeForm",
        "activate_totp": "accounts.forms.factors.NewAuthenticatorForm",
        "add_webauthn": "accounts.forms.factors.NewPasskeyForm",
    },
    "SOCIALACCOUNT_ADAPTER": "accounts.entry.company.SocialAdapter",
    # Our policy lets forms lead to ourselves only, and a provider is elsewhere: its entrance is a link.
    "SOCIALACCOUNT_LOGIN_ON_GET": True,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    "SOCIALACCOUNT_AUTO_SIGNUP": True,
    "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    "SOCIALACCOUNT_QUERY_EMAIL": True,
    "SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX": "",
    "SOCIALACCOUNT_PROVIDERS": {
        "openid_connect": {
            "provider_class": "accounts.entry.oidc.Provider",
            "OAUTH_PKCE_ENABLED": True,
            "APPS": _apps(environment.OIDC, "provider_id"),
        },
        "saml": {"APPS": saml_apps(environment.SAML)},
    },
    "GROUP_ROLES": environment.GROUP_ROLES,
    "SSO_CREATES_PEOPLE": environment.SSO_CREATES_PEOPLE,
}
