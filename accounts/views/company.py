"""The entrance from company accounts, where the package's own needs a guard before it."""

import zlib
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.saml import views as saml
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from lxml.etree import LxmlError

from accounts.entry.company import refusal, unfinished
from accounts.entry.oidc import Adapter

MOST_BYTES = 256 * 1024
# The package's name of the cookie that leads to an answer which waits to be judged.
WAITING = "saml-acs-session"
BAD, PLAIN = 400, "text/plain; charset=utf-8"
# What the package lets through when an answer is no base64, not packed, no XML or no SAML, or names
# a person by nothing or by more than can be kept.
UNREADABLE = (LxmlError, SyntaxError, ValueError, zlib.error, ImproperlyConfigured)


@require_GET
def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the provider, where it can be reached."""
    if _sent_by_another_site(request):
        return redirect("sign_in")
    try:
        return _oidc(OAuth2LoginView, request, provider_id)
    except requests.RequestException:
        said = _("The company sign-in did not answer. Use your password, or try again later.")
        return _page(refusal(request, said))


@require_GET
def oidc_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider with its answer."""
    try:
        return _oidc(OAuth2CallbackView, request, provider_id)
    except UNREADABLE:
        return _page(unfinished(request))


def _oidc(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The package's view with our reading of the answer; an unknown provider is not there."""
    try:
        response: HttpResponseBase = view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response


def _sent_by_another_site(request: HttpRequest) -> bool:
    """Whether a foreign page led here: then nobody asked to be signed in."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _page(told: ImmediateHttpResponse) -> HttpResponseBase:
    page: HttpResponseBase = told.response
    return page


@require_GET
def saml_login(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """Off to the directory, with a question it has to repeat."""
    if _sent_by_another_site(request):
        return redirect("sign_in")
    _named(request)
    response: HttpResponseBase = saml.login(request, organization_slug=organization_slug)
    return response


@require_GET
def saml_metadata(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """What the directory has to know of us: who asks, and where answers go."""
    _named(request)
    response: HttpResponseBase = saml.metadata(request, organization_slug)
    response.headers["Content-Type"] = "application/samlmetadata+xml; charset=utf-8"
    return response


def _named(request: HttpRequest) -> None:
    """The package reads the host from its header, which an old client may leave out."""
    request.META.setdefault("HTTP_HOST", request.get_host())


@csrf_exempt  # signed by the provider, and tied to a question of ours
@require_POST
def saml_acs(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """A signed answer of a provider we know, of a bearable size; it is judged on the next page."""
    _named(request)
    get_app_or_404(request, organization_slug)
    if len(request.body) > MOST_BYTES:
        return HttpResponse("The answer is too long.", status=413, content_type=PLAIN)
    return _kept(saml.acs(request, organization_slug))


def _kept(response: HttpResponseBase) -> HttpResponseBase:
    """The package's cookie to the answer that waits, under a name and rules as our others have."""
    made = response.cookies.pop(WAITING).value
    response.set_cookie(
        f"{settings.COOKIE_PREFIX}{WAITING}",
        made,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_GET
def saml_finish(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """The answer is judged; one that cannot be read is refused as one that is not signed."""
    named = f"{settings.COOKIE_PREFIX}{WAITING}"
    request.COOKIES[WAITING] = request.COOKIES.get(named, "")
    _named(request)
    try:
        response: HttpResponseBase = saml.finish_acs(request, organization_slug)
    except UNREADABLE:
        response = _page(unfinished(request))
    response.delete_cookie(named)
    return response


@csrf_exempt  # signed by the provider
@require_http_methods(["GET", "POST"])
def saml_out(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """The provider ends the session here; what is not signed, or cannot be read, ends nothing."""
    get_app_or_404(request, organization_slug)
    # A signature that is sent is checked by the package; one that is missing it does not miss.
    if not request.GET.get("Signature"):
        return _page(unfinished(request))
    _named(request)
    try:
        response: HttpResponseBase = saml.sls(request, organization_slug)
    except UNREADABLE:
        return _page(unfinished(request))
    # Its reason is for the log; whoever sent what proves nothing learns no more than that.
    return _page(unfinished(request)) if response.status_code == BAD else response
