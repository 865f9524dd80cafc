"""The directory of RFCs and starting one."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from config.flow.keys import number_of
from config.web.listing import listing
from rfc.actions.starting import start_rfc
from rfc.filters import RFCFilter
from rfc.forms import NewForm
from rfc.models import RFC
from rfc.permissions import may_start_rfc
from rfc.queries.lists import rfcs_for, rows


class RFCList(LoginRequiredMixin, View):
    """`/rfcs`; a key typed into the search jumps to its page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()
        number = number_of("RFC", words)
        if number and RFC.objects.visible_to(request.user).filter(number=number).exists():
            return redirect("rfc", number=number)
        found = RFCFilter(request.GET, queryset=rfcs_for(request.user), request=request)
        shown = listing(request, found)
        context = {
            "listing": shown,
            "rows": rows(shown.page.object_list, request.user, words),
            "may_start": may_start_rfc(request.user),
        }
        return render(request, "rfc/list.html", context)


class NewRFC(LoginRequiredMixin, View):
    """`/rfcs/new`, from an initiative by `?initiative=INI-12`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        given = {"initiative": request.GET.get("initiative", "")}
        return self.show(NewForm(initial=given, person=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewForm(request.POST, person=request.user)
        if not form.is_valid():
            return self.show(form, 422)
        rfc = start_rfc(actor=request.user, **form.cleaned_data)
        return HttpResponseRedirect(f"{rfc.get_absolute_url()}/edit")

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "may_start": may_start_rfc(self.request.user),
            "title": _("New RFC"),
        }
        return render(self.request, "rfc/new.html", context, status=status)


def short_link(request: HttpRequest, number: int) -> HttpResponse:
    """`/r/7` is RFC-7."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    rfc: Any = get_object_or_404(RFC.objects.visible_to(request.user), number=number)
    return redirect(rfc.get_absolute_url())
