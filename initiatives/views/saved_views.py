"""Saved views: the list of them, saving an address under a name, changing, archiving, starring."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Conflict, Refusal
from config.web.steps import next_of
from config.whole import whole
from initiatives.actions.saved_views import (
    archive_view,
    change_view,
    kept,
    mark_view,
    may_change_view,
    restore_view,
    save_view,
)
from initiatives.forms.saved_views import SavedViewForm
from initiatives.models import SavedView
from initiatives.queries.saved_views import view_of, views_for


class ViewListView(LoginRequiredMixin, View):
    """`/views`: one's own, the team's, the company's; `?archived=1` those put away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        archived = "archived" in request.GET
        found = list(views_for(request.user, archived=archived))
        for view in found:
            view.changeable = may_change_view(request.user, view)
        parts = [
            (label, [v for v in found if v.scope == scope])
            for scope, label in (
                ("private", _("Mine")),
                ("team", _("My teams")),
                ("company", _("Everybody's")),
            )
        ]
        query = kept(request.GET.get("query", ""))
        context = {"parts": parts, "archived": archived, "query": query, "found": found}
        return render(request, "initiatives/views.html", context)


class NewViewView(LoginRequiredMixin, View):
    """`/views/new?query=…`: saves an address under a name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        query = kept(request.GET.get("query", ""))
        form = SavedViewForm(person=request.user, initial={"query": query})
        return self.show(form, query)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SavedViewForm(request.POST, person=request.user)
        query = kept(request.POST.get("query", ""))
        if not form.is_valid():
            return self.show(form, query, 422)
        try:
            view = save_view(owner=request.user, query=query, **form.wanted())
        except Refusal as refusal:
            form.add_error(None, refusal.sentences)
            return self.show(form, query, refusal.status)
        messages.success(request, _("“%s” is saved.") % view)
        return redirect(view.get_absolute_url())

    def show(self, form: SavedViewForm, query: str, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "query": query,
            "action": "/views/new",
            "back": f"/initiatives?{query}",
        }
        return render(self.request, "initiatives/view_form.html", context, status=status)


class OfView(LoginRequiredMixin, View):
    """A page of one view; what one may not see does not exist."""

    @cached_property
    def saved(self) -> SavedView:
        found = view_of(self.request.user, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found


class OneViewView(OfView):
    """`/views/84`: what it is called, who sees it, who follows it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(self.form())

    def form(self, *args: Any) -> SavedViewForm:
        return SavedViewForm(*args, instance=self.saved, person=self.request.user)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            change_view(
                view=self.saved,
                actor=request.user,
                seen_version=form.cleaned_data["row_version"],
                **form.wanted(),
            )
        except Conflict as conflict:
            again = request.POST.copy()
            again["row_version"] = str(conflict.theirs.row_version)
            return self.show(self.form(again), status=409, theirs=conflict.theirs)
        except Refusal as refusal:
            form.add_error(None, refusal.sentences)
            return self.show(form, status=refusal.status)
        messages.success(request, _("Saved."))
        return redirect(f"/views/{pk}")

    def show(self, form: SavedViewForm, status: int = 200, **more: Any) -> HttpResponse:
        view = self.saved
        context = {
            "view": view,
            "form": form if may_change_view(self.request.user, view) else None,
            "action": f"/views/{view.pk}",
            "back": view.get_absolute_url(),
            "stars": view.marks.filter(starred=True).count(),
            "followers": view.marks.filter(followed=True).count(),
            **more,
        }
        return render(self.request, "initiatives/view_form.html", context, status=status)


class SaveViewView(OfView):
    """`POST /views/84/save` with `query`: the view shows from now on what the address shows."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        told = request.POST.get("row_version", "")
        seen = whole(told)
        query = request.POST.get("query", "")
        saved = change_view(view=self.saved, actor=request.user, seen_version=seen, query=query)
        messages.success(request, _("“%s” shows this from now on.") % saved)
        return redirect(saved.get_absolute_url())


class MarkViewView(OfView):
    """`POST /views/84/mark` with `starred` or `followed` yes or no."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        told = {n: request.POST[n] == "yes" for n in ("starred", "followed") if n in request.POST}
        mark_view(view=self.saved, person=request.user, **told)
        return redirect(next_of(request) or self.saved.get_absolute_url())


class ArchiveViewView(OfView):
    """`POST /views/84/archive` puts it away, with `restore` brings it back."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "restore" in request.POST:
            restore_view(view=self.saved, actor=request.user)
            messages.success(request, _("“%s” is back.") % self.saved)
            return redirect(f"/views/{pk}")
        archive_view(view=self.saved, actor=request.user)
        messages.success(request, _("“%s” is archived; its address goes on working.") % self.saved)
        return redirect("/views")
