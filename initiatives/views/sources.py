"""Sources: where requests come from, each with a form and an address of its own to share."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import is_admin
from config.flow.errors import NotYours
from initiatives.actions.sources import answered, save_source
from initiatives.forms.sources import Questions, SourceForm, questions_of, told_questions
from initiatives.models import Source

UNPROCESSABLE = 422


class SourcesView(LoginRequiredMixin, View):
    """`/sources`: everybody sees them; each leads to its own form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Source.objects.visible_to(request.user)
        rows = found.annotate(requests=Count("initiatives")).order_by("ordinal", "name")
        context = {"sources": rows, "may_edit": is_admin(request.user)}
        return render(request, "sources/list.html", context)


class EditSourceView(LoginRequiredMixin, View):
    """`/sources/new` and `/sources/<slug>`: name, evidence rule, questions."""

    def get(self, request: HttpRequest, slug: str = "") -> HttpResponse:
        source = self.find(slug)
        if source is None:
            form = SourceForm(initial={"active": True})
        else:
            names = ("name", "rule", "icon", "mandatory_lane", "active")
            form = SourceForm(initial={n: getattr(source, n) for n in names}, source=source)
        return self.show(source, form, Questions(initial=questions_of(source), prefix="q"))

    def post(self, request: HttpRequest, slug: str = "") -> HttpResponse:
        source = self.find(slug)
        form = SourceForm(request.POST, source=source)
        questions = Questions(request.POST, initial=questions_of(source), prefix="q")
        if not (form.is_valid() and questions.is_valid()):
            return self.show(source, form, questions, UNPROCESSABLE)
        facts = {**form.cleaned_data, "fields": told_questions(questions)}
        saved = save_source(actor=request.user, source=source, **facts)
        messages.success(request, _("%s is saved; its form asks these questions now.") % saved.name)
        return redirect("sources")

    def find(self, slug: str) -> Source | None:
        if not is_admin(self.request.user):
            raise NotYours("Sources are added and changed by administrators.")
        if not slug:
            return None
        found = Source.objects.visible_to(self.request.user)
        source: Source = get_object_or_404(found, slug=slug)
        return source

    def show(
        self, source: Source | None, form: SourceForm, questions: Any, status: int = 200
    ) -> HttpResponse:
        counted = answered(source) if source else {}
        context = {
            "source": source,
            "form": form,
            "questions": questions,
            "rows": [(q, counted.get(q["name"].value() or "", 0)) for q in questions],
        }
        return render(self.request, "sources/form.html", context, status=status)
