"""Scoring frameworks: the list with each line's choice, one with its versions, defining and trying."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import BusinessLine
from config.flow.errors import NotYours, Refusal
from initiatives import permissions as may
from initiatives.actions import framework as actions
from initiatives.forms.framework import ActiveForm, ChooseForm, FormulaForm, NewFrameworkForm
from initiatives.models import FrameworkVersion, ScoringFramework
from initiatives.queries.scoring import frameworks, versions_by_line


class FrameworkListView(LoginRequiredMixin, View):
    """Every framework, and what each line scores with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChooseForm(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        try:
            chosen = actions.choose_framework(actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self._show(form, refusal.status)
        said = _("%(line)s scores with %(framework)s from now on; its scores so far keep theirs.")
        messages.success(request, said % {"line": chosen.line, "framework": chosen.framework})
        return redirect("framework_list")

    def _show(self, form: ChooseForm | None = None, status: int = 200) -> HttpResponse:
        person = self.request.user
        rows = list(frameworks())
        fallback = next((f for f in rows if f.slug == "rice"), None)
        chosen = versions_by_line()
        lines = [
            {
                "line": line,
                "framework": chosen[line.pk].framework if line.pk in chosen else fallback,
                "may": may.may_choose_framework(person, line),
            }
            for line in BusinessLine.objects.visible_to(person)
        ]
        context = {
            "frameworks": rows,
            "lines": lines,
            "form": form,
            "may_define": may.may_define_frameworks(person),
        }
        return render(self.request, "scoring/list.html", context, status=status)


class OfFramework(LoginRequiredMixin, View):
    """Finds the framework in the address."""

    @cached_property
    def framework(self) -> ScoringFramework:
        found: ScoringFramework = get_object_or_404(frameworks(), slug=self.kwargs["slug"])
        return found

    @property
    def newest(self) -> FrameworkVersion:
        found: FrameworkVersion = self.framework.versions.all()[0]
        return found


class FrameworkView(OfFramework):
    """One framework with all its versions; anybody may try the formula."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Set it aside or take it back."""
        form = ActiveForm(request.POST)
        form.is_valid()
        try:
            framework = actions.set_framework_active(
                framework=self.framework, actor=request.user, active=form.cleaned_data["active"]
            )
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self._show(form, refusal.status)
        said = _("It is offered again.") if framework.active else _("It is set aside.")
        messages.success(request, said)
        return redirect(framework.get_absolute_url())

    def _show(self, form: ActiveForm | None = None, status: int = 200) -> HttpResponse:
        context = {
            "framework": self.framework,
            "newest": self.newest,
            "versions": self.framework.versions.all(),
            "used_by": [row.line for row in self.framework.lines.select_related("line")],
            "form": form,
            "may_define": may.may_define_frameworks(self.request.user),
        }
        return render(self.request, "scoring/detail.html", context, status=status)


class Defining(LoginRequiredMixin, View):
    """Trying and publishing: `do` is "try" or "publish". Only administrators come here."""

    template_name = "scoring/edit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not may.may_define_frameworks(request.user):
            raise NotYours("Scoring frameworks are defined by an administrator.")
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> FormulaForm:
        """The form of this page."""
        raise NotImplementedError

    def publish(self, form: Any) -> FrameworkVersion:
        """Publish what the form holds."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        if request.POST.get("do") != "publish":
            tried = form.tried()
            return self._show(form, 422 if form.errors else 200, tried=tried)
        try:
            version = self.publish(form)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self._show(form, refusal.status)
        said = _("%(version)s is published. Scores made before keep their version.")
        messages.success(request, said % {"version": version})
        return redirect(version.framework.get_absolute_url())

    def _show(self, form: FormulaForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "framework": getattr(self, "framework", None), **more}
        return render(self.request, self.template_name, context, status=status)


class FrameworkEditView(Defining, OfFramework):
    """The next version of a framework, from the newest one."""

    def form(self, data: Any = None) -> FormulaForm:
        return FormulaForm(data, version=self.newest)

    def publish(self, form: FormulaForm) -> FrameworkVersion:
        return actions.publish_version(
            framework=self.framework,
            actor=self.request.user,
            seen_number=form.cleaned_data["seen_number"],
            **form.version(),
        )


class FrameworkNewView(Defining):
    """A new framework with its first version."""

    def form(self, data: Any = None) -> NewFrameworkForm:
        return NewFrameworkForm(data)

    def publish(self, form: NewFrameworkForm) -> FrameworkVersion:
        told = form.cleaned_data
        return actions.define_framework(
            actor=self.request.user,
            slug=told["slug"],
            name=told["title"],
            description=told["description"],
            **form.version(),
        )
