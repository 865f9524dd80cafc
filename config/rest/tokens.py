"""Which token a request came with; counting and signing in read it once between them."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def token_of(request: Any, secret: str) -> Any:
    """The token of a secret as it stood when this request came, live or not; None of no such."""
    if getattr(request, "token_read", ("", None))[0] != secret:
        request.token_read = (secret, import_string(settings.API_TOKEN_OF)(secret))
    return request.token_read[1]
