"""A refusal becomes a page with the doorman's sentences; views only let it rise.

403 names who may, 409 lists what is missing with the links that mend it, a conflict shows both
texts. The API has its own answer in `config.rest.problems`.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from config.flow.errors import Conflict, Refusal
from config.web.history import reference_of

NOT_READ = 405


class RefusalMiddleware:
    """Turns a Refusal that left a view into its page, and an address that only acts into a sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == NOT_READ and request.method == "GET" and not answer.content:
            return _nothing_to_read(request, answer)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None


def _nothing_to_read(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The page of an address that is only posted to, such as a form's after signing in again."""
    context = {"back_href": back_of(request), "reference": reference_of(request)}
    page = render(request, "errors/405.html", context, status=NOT_READ)
    page["Allow"] = answer["Allow"]
    return page


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal, with its status."""
    context = {
        "title": refusal.title,
        "sentences": refusal.sentences,
        "missing": refusal.missing(),
        "links": [{"href": refusal.link, "label": _("Show it")}] if refusal.link else [],
        "back_href": back_of(request),
        "reference": reference_of(request),
    }
    if isinstance(refusal, Conflict):
        mine, theirs = both_texts(refusal)
        context |= {"mine": mine, "theirs": theirs}
        return render(request, "errors/conflict.html", context, status=409)
    if refusal.missing():
        context["sentences"] = []
    page = "errors/403.html" if refusal.status == 403 else "errors/409.html"
    return render(request, page, context, status=refusal.status)


def both_texts(conflict: Conflict) -> tuple[str, str]:
    """My text and theirs: of one field plainly, of several with the field's name above each."""
    mine: Any = conflict.mine
    if not isinstance(mine, dict):
        return str(mine), str(conflict.theirs)
    theirs = {name: getattr(conflict.theirs, name, "") for name in mine}
    changed = [name for name in mine if mine[name] != theirs[name]] or list(mine)
    if len(changed) == 1:
        return str(mine[changed[0]]), str(theirs[changed[0]])
    return _named(mine, changed), _named(theirs, changed)


def _named(values: dict[str, Any], names: list[str]) -> str:
    return "\n\n".join(f"{name.replace('_', ' ').capitalize()}\n{values[name]}" for name in names)


def back_of(request: HttpRequest) -> str:
    """The page the person came from, when it is ours."""
    parts = urlsplit(request.headers.get("referer", ""))
    return parts.path if parts.netloc == request.get_host() and parts.path.startswith("/") else ""
