"""Addresses of the API end with a slash; without it they answer as well, without a redirect.

A redirect would turn a POST into a GET.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

API = "/api/v1/"


class SlashMiddleware:
    """Adds the slash before the address is resolved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API) and not request.path_info.endswith("/"):
            request.path_info += "/"
            request.path += "/"
        return self.get_response(request)
