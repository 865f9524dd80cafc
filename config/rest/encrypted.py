"""The API in the clear is refused, not led to https: a program would go on sending its token twice."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.rest.problems import early_problem
from config.rest.slashes import API


class EncryptedMiddleware:
    """Where people are led to https (`SECURE_SSL_REDIRECT`), programs are told of their mistake."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = settings.SECURE_SSL_REDIRECT and request.path_info.startswith(API)
        if not asked or request.is_secure():
            return self.get_response(request)
        detail = _(
            "The API is asked by https only. A token sent in the clear may have been read on the "
            "way: revoke it and make another one."
        )
        title = _("This came in the clear")
        return early_problem(request, HTTPStatus.FORBIDDEN, "not-yours", title, detail)
