"""Addresses and forms that hold what no row can: a NUL."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

API = "/api/"
NUL = "%00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class AddressMiddleware:
    """PostgreSQL keeps no NUL, so nothing is called that: a page reads an address and a form without
    it, the API refuses it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or (NUL in query and request.path_info.startswith(API)):
            raise BadRequest
        if NUL in query:
            request.META["QUERY_STRING"] = query.replace(NUL, "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> None:
        """Behind the middleware that has read the form already, to look for its token.

        A view without a token measures its body before anything reads it, so it is left alone.
        """
        if request.method != "POST" or request.path_info.startswith(API):
            return
        if getattr(view, "csrf_exempt", False):
            return
        if request.content_type in FORMS and _holds_nul(request.POST):
            request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _holds_nul(sent: QueryDict) -> bool:
    return any("\0" in text for _name, texts in sent.lists() for text in texts)


def _without_nul(sent: QueryDict) -> QueryDict:
    plain = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        plain.setlist(name, [text.replace("\0", "") for text in texts])
    plain._mutable = False
    return plain
