"""The directory of RFCs, the same list as a file or feed, the card of one, and starting one."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import is_admin
from config.flow.keys import number_of
from config.web.exports import MOST_ROWS, FeedEntry, as_atom, as_csv, as_json
from config.web.listing import listing
from rfc.actions.starting import start_rfc
from rfc.filters import BEST, RFCFilter
from rfc.forms import NewForm
from rfc.models import RFC
from rfc.permissions import may_start_rfc
from rfc.queries.exporting import COLUMNS, exported
from rfc.queries.lists import rfcs_for, rows
from rfc.queries.summary import summary_of
from rfc.views.base import OneRFC

FEED_ENTRIES = 50


class RFCList(LoginRequiredMixin, View):
    """`/rfcs`; a key typed into the search jumps to its page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").replace("\0", " ").strip()
        number = number_of("RFC", words)
        if number and RFC.objects.visible_to(request.user).filter(number=number).exists():
            return redirect("rfc", number=number)
        found = RFCFilter(request.GET, queryset=rfcs_for(request.user), request=request)
        shown = listing(request, found)
        context = {
            "listing": shown,
            "rows": rows(shown.page.object_list, request.user, words if found.is_valid() else ""),
            "words": words,
            "best": BEST,
            "sorted_by": request.GET.get("sort", ""),
            "may_start": may_start_rfc(request.user),
            "may_import": is_admin(request.user),
        }
        return render(request, "rfc/list.html", context)


class ExportRFCs(LoginRequiredMixin, View):
    """`/rfcs.csv`, `.json` and `.atom`: what the list with the same parameters shows, all of it."""

    kind: ClassVar[str] = "csv"

    def get(self, request: HttpRequest) -> HttpResponse:
        filtered = RFCFilter(request.GET, queryset=rfcs_for(request.user), request=request)
        found = filtered.qs
        if self.kind == "atom":
            newest = found.select_related("author")[:FEED_ENTRIES]
            return as_atom(request, _("RFCs"), [_entry(rfc) for rfc in newest])
        write = as_csv if self.kind == "csv" else as_json
        return write("rfcs", COLUMNS, exported(found[:MOST_ROWS]))


def _entry(rfc: RFC) -> FeedEntry:
    said = f"{rfc.get_state_label()}. {rfc.summary_problem} {rfc.decision_asked}"
    return FeedEntry(
        rfc.key, rfc.title, rfc.get_absolute_url(), rfc.author.name, said.strip(), rfc.changed_at
    )


class RFCCard(OneRFC, View):
    """`/rfcs/RFC-7/card`: what one has to know, for a preview beside a link."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        context = {"rfc": self.rfc, "summary": summary_of(request, self.rfc)}
        answer = render(request, "rfc/_card.html", context)
        answer["Cache-Control"] = "private, max-age=60"
        return answer


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
