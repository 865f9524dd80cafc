"""The entrance from company accounts, where the package's own needs a guard before it."""

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.providers.saml import views as saml
from allauth.socialaccount.providers.saml.utils import get_app_or_404
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.entry.company import refusal

MOST_BYTES = 256 * 1024


@require_GET
def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the provider, where it can be reached."""
    try:
        response: HttpResponseBase = oidc.login(request, provider_id)
    except requests.RequestException:
        said = _("The company sign-in did not answer. Use your password, or try again later.")
        return _page(refusal(request, said))
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
