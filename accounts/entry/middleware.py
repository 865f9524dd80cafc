"""Who is signed in. After the view: a session is seen. Before it: what a person owes comes first."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.entry.rules import FACTOR, LONGER, NEEDS
from config.flow.errors import NotYours
from config.rest.problems import MEDIA

# Pages that mend what is owed, or lead out.
OPEN = ("/settings/security", "/sign-out", "/signed-out", "/settings/theme", "/static/", "/sign-in")


class PersonMiddleware(AuthenticationMiddleware):
    """Django's, with the person that was read together with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]


def _person(request: HttpRequest) -> Any:
    """The plain case at once; whatever is otherwise is judged, and mended, by Django."""
    session: Any = request.session
    whom = session.get(auth.SESSION_KEY)
    person = session.person
    plain = (
        person is not None
        and whom == str(person.pk)
        and person.is_active
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(
            session.get(auth.HASH_SESSION_KEY, ""), person.get_session_auth_hash()
        )
    )
    # Under Django's own name for it, where the log looks who was looked up for a request.
    request._cached_user = person if plain else auth.get_user(request)  # type: ignore[attr-defined]
    return request._cached_user  # type: ignore[attr-defined]


class DoorMiddleware:
    """Both halves. Asks nothing of a request without our cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        response = self._owing(request) or self.get_response(request)
        session = request.session
        if getattr(session, "unseen", False) and session.session_key and not session.modified:
            session.touch()  # type: ignore[attr-defined]
        return response

    def _owing(self, request: HttpRequest) -> HttpResponse | None:
        needs = request.session.get(NEEDS)
        if not needs or request.path.startswith(OPEN) or not request.user.is_authenticated:
            return None
        said = _said(needs)
        if request.path.startswith("/api/"):
            told = {
                "type": "/api/problems/not-yours",
                "title": NotYours.title,
                "status": 403,
                "detail": said,
                "instance": request.path,
            }
            return JsonResponse(told, status=403, content_type=MEDIA)
        messages.warning(request, said)
        return redirect("security" if needs == FACTOR else "password_change")


def _said(needs: str) -> str:
    if needs == LONGER:
        return _("Choose a longer password first: without a second step it has 15 characters.")
    return _("Add a second step first: your administrator asks for one.")
