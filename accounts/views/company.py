"""The entrance from company accounts, where the package's own needs a guard before it."""

import zlib
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.saml import views as saml
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from lxml.etree import LxmlError

from accounts.entry.company import refusal, unfinished
from accounts.entry.oidc import Adapter

MOST_BYTES = 256 * 1024
# What the package lets through when an answer is no base64, not packed, no XML or no SAML.
UNREADABLE = (LxmlError, SyntaxError, ValueError, zlib.error)


@require_GET
def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the provider, where it can be reached."""
    try:
        return _oidc(OAuth2LoginView, request, provider_id)
    except requests.RequestException:
        said = _("The company sign-in did not answer. Use your password, or try again later.")
        return _page(refusal(request, said))


@require_GET
def oidc_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from the provider with its answer."""
    return _oidc(OAuth2CallbackView, request, provider_id)


def _oidc(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The package's view with our reading of the answer; an unknown provider is not there."""
    try:
        response: HttpResponseBase = view.adapter_view(Adapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response


def _page(told: ImmediateHttpResponse) -> HttpResponseBase:
    page: HttpResponseBase = told.response
    return page


@csrf_exempt  # signed by the provider, and tied to a question of ours
@require_POST
def saml_acs(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """A signed answer of a provider we know, of a bearable size; it is judged on the next page."""
    get_app_or_404(request, organization_slug)
    if len(request.body) > MOST_BYTES:
        return HttpResponse("The answer is too long.", status=413, content_type="text/plain")
    response: HttpResponseBase = saml.acs(request, organization_slug)
    return response


def saml_finish(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """The answer is judged; one that cannot be read is refused as one that is not signed."""
    try:
        response: HttpResponseBase = saml.finish_acs(request, organization_slug)
    except UNREADABLE:
        return _page(unfinished(request))
    return response


@csrf_exempt  # the package asks for the provider's signature
def saml_out(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """The provider ends the session here; what cannot be read ends nothing."""
    try:
        response: HttpResponseBase = saml.sls(request, organization_slug)
    except UNREADABLE:
        return _page(unfinished(request))
    return response
