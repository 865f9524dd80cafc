"""The one way a page takes a step: `POST <object>/steps/<step>`. Apps say how the row is found."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from config.flow.steps import explain
from config.flow.telling import take_told


class TakeStep(LoginRequiredMixin, View):
    """Subclasses give `find()`. What a step does beyond moving is registered in config.flow.telling.

    Refusals rise to the RefusalMiddleware, which shows the sentences and the links that mend.
    """

    http_method_names = ("get", "post", "head", "options")

    def find(self) -> Any:
        """The row named in the address, visible to `self.request.user`, or 404."""
        raise NotImplementedError

    def get(self, request: HttpRequest, step: str, **kwargs: Any) -> HttpResponse:
        """Somebody followed the address: show the object, at that step."""
        return HttpResponseRedirect(f"{self.find().get_absolute_url()}#step-{step}")

    def post(self, request: HttpRequest, step: str, **kwargs: Any) -> HttpResponse:
        subject = self.find()
        seen = explain(subject, step, request.user)
        moved = take_told(subject, step, actor=request.user, given=request.POST)
        if seen:
            messages.success(request, _("%(step)s: done.") % {"step": seen.label})
        return HttpResponseRedirect(next_of(request) or moved.get_absolute_url())


def next_of(request: HttpRequest) -> str:
    """Where the form wants to go afterwards, when that is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if own else ""
