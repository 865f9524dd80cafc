"""Answers where no view answered: below `/api/v1/` a problem, elsewhere the page of that error."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from config.rest.problems import TITLES, early_problem
from config.rest.slashes import API


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too many fields, a header that means nothing, a host of somebody else."""
    if _of_api(request):
        return _lost(request, 400, _("The request as a whole cannot be read."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No address, or nothing behind it."""
    if _of_api(request):
        return _lost(request, 404, _("No address of the API reads like this."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; its cause stands in the log under the reference."""
    if _of_api(request):
        return _lost(request, 500, _("A fault of ours. Quote the reference when you report it."))
    return defaults.server_error(request)


def _of_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)


def _lost(request: HttpRequest, code: int, detail: str) -> HttpResponse:
    slug, title = TITLES[code]
    return early_problem(request, code, slug, title, detail)
