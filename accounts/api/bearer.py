"""Signing in to the API with a token: `Authorization: Bearer gtlp_…`."""

from typing import Any

import pghistory
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from accounts.actions.tokens import sign_in_with
from accounts.models import ApiToken, Person
from config.rest.related import narrow_to
from config.rest.scopes import must_reach
from config.rest.tokens import token_of

WORDS = (b"bearer", b"token")
REFUSED = "This token opens nothing: it is unknown, expired or revoked."


class TokenAuthentication(BaseAuthentication):
    """Narrows the person to the token's scope and lines before any view sees the request."""

    def authenticate(self, request: Request) -> tuple[Person, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() not in WORDS:
            return None
        if len(parts) != 2:
            raise exceptions.AuthenticationFailed(REFUSED)
        address = request.META.get("REMOTE_ADDR") or None
        known = token_of(request._request, parts[1].decode("latin-1"))
        token = sign_in_with(known, address=address)
        if token is None:
            raise exceptions.AuthenticationFailed(REFUSED)
        pghistory.context(token=token.pk)
        must_reach(request, token.scope)
        person = narrowed(token)
        narrow_to(person)
        return person, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def narrowed(token: ApiToken) -> Person:
    """The person of a token, carrying its scope and lines."""
    person = token.person
    person.token_scope = token.scope
    person.limited_to = None if token.line_ids is None else frozenset(token.line_ids)
    return person


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """What the description of the API says about tokens."""

    target_class = "accounts.api.bearer.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A personal or service token. Its scope and lines narrow every call.",
        }
