"""Behind a proxy that ends TLS: the address of the person, not of the proxy."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ForwardedMiddleware:
    """Where GATELINE_HTTPS says that a proxy stands in front, believe its last word on the sender.

    Only the last address counts: it is the one our own proxy wrote. What stands before it may be
    anybody's claim.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        if settings.SECURE_PROXY_SSL_HEADER and told:
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(told))
        return self.get_response(request)
