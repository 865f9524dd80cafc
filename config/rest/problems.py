"""RFC 9457 answers: every refusal and error of the API as `application/problem+json`.

`{type, title, status, detail, instance, reference}`, with `errors` [{pointer, code, detail}] for
bad input and `missing` [{gate, label, sentences, link}] where gates refused.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from config.flow.errors import Conflict, Refusal
from config.rest.bodies import TooLarge
from config.web.history import reference_of

HELP = "/api/problems/"
MEDIA = "application/problem+json"
TITLES = {
    400: ("bad-input", "Something in the request cannot be used"),
    401: ("sign-in", "Sign in first"),
    403: ("not-yours", "This is not yours to do"),
    404: ("not-found", "There is no such thing"),
    405: ("method", "This address does not answer that method"),
    406: ("format", "This address does not speak that format"),
    500: ("error", "This did not work"),
    409: ("wrong-state", "This moved on"),
    412: ("changed", "Somebody changed this meanwhile"),
    413: ("bad-input", "This is too large"),
    415: ("format", "This address does not read that format"),
    422: ("bad-input", "Something in the request cannot be used"),
    428: ("version-needed", "Say which version you change"),
    429: ("too-many", "Too many requests"),
}


class VersionNeeded(exceptions.APIException):
    """A write to text or gates must say which version it was made from."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = "Send If-Match with the ETag you read, so that nobody's text is overwritten."
    default_code = "version-needed"


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """The exception handler. None lets Django answer with its 500."""
    request: HttpRequest = context["request"]
    if isinstance(error, Refusal):
        set_rollback()
        return _refused(request, error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    return _api_error(request, error)


def _refused(request: HttpRequest, refusal: Refusal) -> Response:
    stale = isinstance(refusal, Conflict)
    code = status.HTTP_412_PRECONDITION_FAILED if stale else refusal.status
    more: dict[str, Any] = {"sentences": refusal.sentences}
    if refusal.missing():
        more["missing"] = refusal.missing()
    if refusal.link:
        more["link"] = refusal.link
    if isinstance(refusal, Conflict) and hasattr(refusal.theirs, "row_version"):
        mine = refusal.mine if isinstance(refusal.mine, dict) else {}
        names = [*mine, "row_version"]
        more["current"] = {name: getattr(refusal.theirs, name, None) for name in names}
    return problem(request, code, refusal.slug, refusal.title, " ".join(refusal.sentences), **more)


def _api_error(request: HttpRequest, error: exceptions.APIException) -> Response:
    code = error.status_code
    slug, title = TITLES.get(code, ("error", "This did not work"))
    more: dict[str, Any] = {}
    detail = str(error.detail) if isinstance(error.detail, str) else title + "."
    if isinstance(error, exceptions.ValidationError):
        more["errors"] = list(_errors(error.get_full_details(), ""))
        detail = " ".join(each["detail"] for each in more["errors"]) or detail
    answer = problem(request, code, slug, title, detail, **more)
    if header := getattr(error, "auth_header", ""):
        answer.headers["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        answer.headers["Retry-After"] = str(int(wait) + 1)
    return answer


def _errors(found: Any, pointer: str) -> Any:
    if isinstance(found, dict) and set(found) == {"message", "code"}:
        name = pointer or "/"
        yield {"pointer": name, "code": found["code"], "detail": str(found["message"])}
    elif isinstance(found, dict):
        for key, value in found.items():
            step = "" if key == "non_field_errors" else f"/{key}"
            yield from _errors(value, pointer + step)
    elif isinstance(found, list):
        for index, value in enumerate(found):
            leaf = isinstance(value, dict) and set(value) == {"message", "code"}
            yield from _errors(value, pointer if leaf else f"{pointer}/{index}")


def problem(
    request: HttpRequest, code: int, slug: str, title: str, detail: str, **more: Any
) -> Response:
    """One problem answer."""
    body = {
        "type": f"{HELP}{slug}",
        "title": str(title),
        "status": code,
        "detail": detail,
        "instance": request.get_full_path(),
        "reference": reference_of(getattr(request, "_request", request)),
        **more,
    }
    return Response(body, status=code, content_type=MEDIA)


def early_problem(
    request: HttpRequest, code: int, slug: str, title: str, detail: str
) -> HttpResponse:
    """One problem answer of a middleware, before any view of the API was asked."""
    body = {
        "type": f"{HELP}{slug}",
        "title": title,
        "status": int(code),
        "detail": detail,
        "instance": request.get_full_path(),
        "reference": reference_of(request),
    }
    return JsonResponse(body, status=code, content_type=MEDIA)
