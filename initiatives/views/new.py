"""Handing in a request, and the receipt that tells its requester what became of it."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from config.flow.errors import Refusal
from initiatives.actions.request import propose_initiative
from initiatives.forms.request import NewInitiativeForm
from initiatives.models import Source
from initiatives.queries.duplicates import alike
from initiatives.queries.receipt import receipt
from initiatives.views.tab import InitiativeMixin

TEMPLATE = "initiatives/new.html"


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
    """`/initiatives/INI-12/receipt`: where it went, the decision, its reason, what comes next."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        context = {"initiative": self.initiative, "receipt": receipt(self.initiative)}
        return render(request, "initiatives/receipt.html", context)
