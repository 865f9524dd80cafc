"""Following an RFC, a KPI or a team from its page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import follow_thing, unfollow_thing
from accounts.identity import signed_in
from accounts.subjects import followable


@require_POST
@login_required
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """`POST /follow/rfc/7` follows; with `stop` it stops."""
    found = followable(kind, pk, request.user)
    if found is None:
        raise Http404
    if request.POST.get("stop"):
        unfollow_thing(kind=kind, pk=pk, actor=signed_in(request))
        messages.success(request, _("You no longer follow %s.") % found)
    else:
        follow_thing(kind=kind, pk=pk, actor=signed_in(request))
        messages.success(request, _("You follow %s.") % found)
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if allowed else found.get_absolute_url())
