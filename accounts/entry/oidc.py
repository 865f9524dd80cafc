"""OIDC stricter than the package's: signed, for this question, by the issuer that was configured.

The package sends no nonce, and leaves the signature of a token that came straight from the provider
unchecked. Here every token proves itself, whichever way it came (OpenID Connect Core 3.1.3.7).
"""

import hashlib
import hmac
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

WELL_KNOWN = "/.well-known/"
# Signatures with a public key: a secret shared with the provider, or no signature, proves nothing.
ALGORITHMS = [f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)]


def nonce_of(code_verifier: str) -> str:
    """What this browser's question is known by; its secret stays in the session."""
    return hashlib.sha256(f"nonce {code_verifier}".encode()).hexdigest()


class Adapter(OpenIDConnectOAuth2Adapter):
    """Reads the answer of a provider."""

    nonce = ""

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The provider sent no id token.")
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        # What it says by another call is about the same person, or about nobody.
        if told.get("userinfo", told["id_token"]).get("sub") != told["id_token"].get("sub"):
            raise OAuth2Error("The provider speaks of two people.")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != issuer_of(app):
            raise OAuth2Error("The provider names another issuer than the one configured.")
        try:
            told: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                issuer=issuer,
                audience=app.client_id,
                options={"require": ["iss", "aud", "exp", "sub", "nonce"]},
            )
        except (jwt.PyJWTError, TypeError) as error:
            raise OAuth2Error("The id token proves nothing.") from error
        if not hmac.compare_digest(str(told["nonce"]), self.nonce):
            raise OAuth2Error("The id token answers no question of this browser.")
        return told

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The key the token names; where it names none, the provider must have one only."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        signing = [key for key in keys if key.public_key_use in {None, "sig"}]
        named = jwt.get_unverified_header(id_token).get("kid")
        found = [key for key in signing if named in {None, key.key_id}]
        if len(found) != 1:
            raise jwt.InvalidKeyError
        return found[0]


def issuer_of(app: Any) -> str:
    """The issuer a token has to name: the address of the provider, or what `issuer` says instead."""
    told = app.settings.get("issuer") or app.settings["server_url"].partition(WELL_KNOWN)[0]
    return str(told).rstrip("/")


class Provider(OpenIDConnectProvider):
    """Asks a question that its answer has to repeat."""

    oauth2_adapter_class = Adapter

    def get_pkce_params(self) -> dict[str, Any]:
        told: dict[str, Any] = super().get_pkce_params()
        return told | {"nonce": nonce_of(told["code_verifier"])}
