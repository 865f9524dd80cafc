"""The theme switch: a plain form post. The server writes the theme into the page, so nothing flashes."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("system", "light", "dark")
YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """`light`, `dark`, or nothing to follow the device."""
    person: Any = getattr(request, "user", None)
    kept = getattr(person, "theme", None) or request.COOKIES.get(_cookie(), "")
    return kept if kept in ("light", "dark") else ""


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme for the person, or in a cookie before sign-in, and go back."""
    theme = request.POST.get("theme", "")
    theme = theme if theme in THEMES else "system"
    person: Any = request.user
    if person.is_authenticated:
        person.theme = theme
        person.save(update_fields=["theme"])
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(
        _cookie(),
        theme,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response


def _cookie() -> str:
    return f"{settings.COOKIE_PREFIX}theme"


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if safe else "/"
