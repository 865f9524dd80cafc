"""Any view in other forms: files to take away, a feed, and one printable page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.due.models import Job
from config.web.documents import Document, for_pages
from config.web.pdf import pdf_of
from config.whole import whole
from initiatives import exporting
from initiatives.actions.exports import ask_for_sheet, kept_file
from initiatives.actions.saved_views import kept
from initiatives.models import SavedView
from initiatives.phases import WORDS
from initiatives.queries.portfolio import grouped
from initiatives.queries.saved_views import view_of
from initiatives.views.portfolio import Portfolio

# Above this many rows a typed sheet is made by a job.
AT_ONCE = 2000
ON_A_PAGE = 25


@dataclass(frozen=True)
class Form:
    """A form of export: how it ends, what it is called, what it says it is."""

    slug: str
    label: str | Promise
    kind: str


FORMATS = (
    Form("csv", gettext_lazy("CSV, opens in Excel"), "text/csv; charset=utf-8"),
    Form(
        "xlsx",
        gettext_lazy("Excel, with typed cells"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Form("json", gettext_lazy("JSON"), "application/json"),
    Form("ics", gettext_lazy("Deadlines as a calendar"), "text/calendar; charset=utf-8"),
    Form("atom", gettext_lazy("Feed of changes"), "application/atom+xml; charset=utf-8"),
)


def view_name(request: HttpRequest) -> tuple[SavedView | None, str]:
    """The saved view of the address and what the set is called."""
    told = whole(request.GET.get("view", ""))
    view = None if told is None else view_of(request.user, told)
    return view, view.name if view else _("Initiatives")


def ordered(shown: Portfolio) -> Any:
    """The rows in the order of the screen, groups included."""
    return grouped(shown.found, shown.group) if shown.group else shown.found


def to_job_page(job: Job) -> HttpResponse:
    """Where the page sends people whose file is made by a job."""
    return redirect(job.get_absolute_url())


def export(
    request: HttpRequest, form: str, told_later: Callable[[Job], HttpResponse] = to_job_page
) -> HttpResponseBase:
    """The set of an address in one form; the page and the API answer with it.

    `told_later` answers when the file is made by a job.
    """
    found = next((f for f in FORMATS if f.slug == form), None)
    if found is None:
        raise Http404
    shown = Portfolio(request)
    _view, name = view_name(request)
    answer = _answer(request, shown, found, name) or told_later(
        ask_for_sheet(actor=request.user, query=request.GET.urlencode())
    )
    stamp = timezone.localdate().isoformat()
    if found.slug != "atom" and answer.status_code == 200:
        answer["Content-Disposition"] = f'attachment; filename="initiatives-{stamp}.{found.slug}"'
    return answer


def _answer(
    request: HttpRequest, shown: Portfolio, form: Form, name: str
) -> HttpResponseBase | None:
    """None when it is too much for a request."""
    found = ordered(shown)
    if form.slug == "atom":
        address = request.build_absolute_uri()
        return HttpResponse(exporting.as_atom(shown.found, name, address), content_type=form.kind)
    if form.slug == "xlsx":
        if found.order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE:
            return None
        return HttpResponse(exporting.as_xlsx(exporting.read(found)), content_type=form.kind)
    rows = exporting.read(found)
    told: Iterable[str] = {
        "csv": lambda: exporting.as_csv(rows),
        "json": lambda: exporting.as_json(rows, name=name, address=shown.at()),
        "ics": lambda: exporting.as_ics(rows, name),
    }[form.slug]()
    return StreamingHttpResponse(told, content_type=form.kind)


class ExportView(LoginRequiredMixin, View):
    """`/initiatives.<form>?…`: the rows of that address, in its order."""

    def get(self, request: HttpRequest, form: str) -> HttpResponseBase:
        return export(request, form)


class ExportFileView(LoginRequiredMixin, View):
    """`/exports/<job>.xlsx`: the file a job made, for whoever asked for it."""

    def get(self, request: HttpRequest, public_id: Any) -> FileResponse:
        found = kept_file(request.user, public_id)
        if found is None:
            raise Http404
        return FileResponse(found[0], as_attachment=True, filename=found[1])


class BriefView(LoginRequiredMixin, View):
    """`/initiatives/brief?…`: one page with title, scope, filters, date and link; `.pdf` as a file."""

    template_name = "initiatives/brief.html"

    def get(self, request: HttpRequest, form: str = "") -> HttpResponse:
        context = self.context()
        if form != "pdf":
            return render(request, self.template_name, context)
        made = pdf_of(for_pages(self.document(context)), title=str(context["name"]))
        answer = HttpResponse(made, content_type="application/pdf")
        answer["Content-Disposition"] = 'inline; filename="brief.pdf"'
        return answer

    def document(self, context: dict[str, Any]) -> Document:
        """The same page as a document to be taken away."""
        told = [*context["filters"]] or [_("none: all initiatives")]
        facts = [
            (_("Filters"), " · ".join(told)),
            (_("Date"), date_format(timezone.localtime(context["now"]), "j F Y, H:i e")),
            (_("Address"), str(context["address"])),
        ]
        html = render_to_string("initiatives/portfolio/_brief.html", context)
        name = str(context["name"])
        return Document(name, mark_safe(html), f"Gateline · {name}", facts, {})  # noqa: S308

    def context(self) -> dict[str, Any]:
        shown = Portfolio(self.request)
        shown.layout = "list"
        view, name = view_name(self.request)
        told = shown.as_list()
        funnel = shown.as_funnel()
        rows = told["rows"][:ON_A_PAGE]
        address = self.request.build_absolute_uri(shown.at())
        return {
            "name": name,
            "view": view,
            "rows": rows,
            "total": told["total"],
            "total_words": told["total_words"],
            "more": told["total"] - len(rows),
            "funnel": funnel.get("funnel", []),
            "filters": self.filters(shown),
            "now": timezone.now(),
            "then": shown.then,
            "address": address,
            "late": sum(row.late for row in rows),
            "pdf": f"/initiatives/brief.pdf?{kept(self.request.META.get('QUERY_STRING', ''))}",
            "back": shown.at(),
        }

    def filters(self, shown: Portfolio) -> list[str]:
        """Each active filter in words."""
        told = []
        for name, field in shown.filter.filters.items():
            values = [v for v in self.request.GET.getlist(name) if v]
            if values and name != "sort":
                offered = field.extra.get("choices", ())
                choices = dict(offered() if callable(offered) else offered)
                words = [_words(shown, name, v, choices) for v in values]
                told.append(f"{field.label}: {', '.join(words)}")
        return told


def _words(shown: Portfolio, name: str, value: str, choices: dict[str, Any]) -> str:
    plain = value.removeprefix("-")
    known = WORDS.get(plain) or choices.get(plain) or shown.filter.choices.words(name, plain)
    return f"{_('not')} {known}" if value.startswith("-") and value not in choices else str(known)
