"""Handing in a request, and the receipt that tells its requester what became of it."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Refusal
from config.flow.keys import number_of
from initiatives.actions.request import propose_initiative
from initiatives.forms.request import NewInitiativeForm
from initiatives.models import Source
from initiatives.queries.duplicates import alike
from initiatives.queries.one import initiatives_for
from initiatives.queries.receipt import receipt
from initiatives.queries.requested import as_requested, requested_by
from initiatives.views.tab import InitiativeMixin

TEMPLATE = "initiatives/new.html"
PAGE = 50


class NewInitiativeView(LoginRequiredMixin, View):
    """`/initiatives/new`; choosing a source shows its own questions, with or without scripts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        told = request.GET.dict()
        line = told.get("line") or self.home_line()
        form = self.form(told.get("source"), initial={**told, "line": line})
        return self.show(form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST.get("source"), request.POST, request.FILES)
        if "show" in request.POST:
            return self.show(self.unjudged(form))
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            made = propose_initiative(requester=request.user, **form.wanted())
        except Refusal as refusal:
            form.add_error("attachments", " ".join(refusal.sentences))
            return self.show(form, status=422)
        return redirect(made.tab_url("receipt"))

    def home_line(self) -> str:
        line = getattr(self.request.user, "home_line", None)
        return line.slug if line else ""

    def form(self, slug: str | None, *args: Any, **kwargs: Any) -> NewInitiativeForm:
        source = Source.objects.visible_to(self.request.user).filter(slug=slug or "").first()
        return NewInitiativeForm(*args, person=self.request.user, source=source, **kwargs)

    def unjudged(self, form: NewInitiativeForm) -> NewInitiativeForm:
        """The same text with the source's questions, not yet judged."""
        return self.form(self.request.POST.get("source"), initial=self.request.POST.dict())

    def show(self, form: NewInitiativeForm, status: int = 200) -> HttpResponse:
        title = str(form["title"].value() or "")
        context = {
            "form": form,
            "questions": [form[name] for name in form.source_names],
            "alike": alike(self.request.user, title=title) if title else [],
        }
        return render(self.request, TEMPLATE, context, status=status)


class ReceiptView(InitiativeMixin, View):
    """`/initiatives/INI-12/receipt`: where it went, the decision, its reason, what comes next.

    The receipt of a request that joined another one forwards to that one's; `?stay` shows it.
    """

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        row = self.initiative
        if row.phase == "duplicate" and row.duplicate_of and "stay" not in request.GET:
            return redirect(f"{row.duplicate_of.tab_url('receipt')}?joined={row.key}")
        context = {"initiative": row, "receipt": receipt(row), "joined": self.joined()}
        return render(request, "initiatives/receipt.html", context)

    def joined(self) -> Any:
        """The request that led here because it asks for the same, with its decision."""
        number = number_of("INI", self.request.GET.get("joined", ""))
        rows = initiatives_for(self.request.user).filter(
            number=number or 0, duplicate_of=self.initiative.pk
        )
        found = rows.first()
        return {"row": found, "receipt": receipt(found)} if found else None


class RequestsView(LoginRequiredMixin, View):
    """`/requests`: what one handed in oneself, and what became of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        which = request.GET.get("show", "")
        found = requested_by(request.user, which)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        words = [("", _("All")), ("open", _("Under way")), ("over", _("Decided or done"))]
        context = {
            "page": page,
            "rows": as_requested(list(page)),
            "which": which,
            "choices": [
                {"label": label, "href": f"?show={value}" if value else "?", "now": value == which}
                for value, label in words
            ],
        }
        return render(request, "initiatives/requests.html", context)
