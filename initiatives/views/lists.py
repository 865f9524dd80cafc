"""The collection: one filtered set in several layouts, all of it in the address."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views import View

from accounts.actions import change_settings
from accounts.identity import signed_in
from accounts.models import Person
from config.flow.keys import number_of
from config.web.steps import next_of
from initiatives.actions.looked import look
from initiatives.actions.saved_views import kept, may_change_view, same
from initiatives.models import Initiative, SavedView
from initiatives.phases import WORDS
from initiatives.queries.portfolio import GROUPS
from initiatives.queries.saved_views import rail_views
from initiatives.views.cells import COLUMNS
from initiatives.views.exports import FORMATS, view_name
from initiatives.views.peek import peek_context
from initiatives.views.portfolio import Portfolio

# These fold away behind “More filters” while nothing is chosen in them.
FOLDED = "lacks source team kpi waits due age score_min score_max lapsed mine snoozed"


class InitiativeListView(LoginRequiredMixin, View):
    """`/initiatives`; a key typed into the search jumps to its page."""

    template_name = "initiatives/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        there = self.jump() or self.opened()
        if there:
            return redirect(there)
        shown = self.portfolio
        context = {
            "filter": shown.filter,
            "folded": FOLDED,
            **shown.context(),
            "ignored": [*shown.ignored, *self.unknown_view()],
            "at": shown.at,
            "drop": self.drop(),
            **self.view_menu(),
            **self.display(),
            "exports": [
                (f.slug, f.label, f"/initiatives.{f.slug}?{shown.at.told()}") for f in FORMATS
            ],
            "brief": f"/initiatives/brief?{shown.at.told()}",
            **self.peeked(),
        }
        return render(request, self.template_name, context)

    @cached_property
    def portfolio(self) -> Portfolio:
        return Portfolio(self.request)

    def jump(self) -> str:
        """The page of the key that was searched for."""
        number = number_of("INI", self.request.GET.get("q", ""))
        if number is None:
            return ""
        visible = Initiative.objects.visible_to(self.request.user)
        found = visible.filter(number=number).first()
        return found.get_absolute_url() if found else ""

    def opened(self) -> str:
        """`?view=84` alone fills the address; a bare address shows what the team sees first."""
        if self.saved and set(self.request.GET) == {"view"} and self.saved.query:
            return self.saved.get_absolute_url()
        first = None if self.request.GET else rail_views(self.request).first
        if first:
            return first.get_absolute_url()
        return ""

    @cached_property
    def saved(self) -> SavedView | None:
        """The saved view the address names."""
        return view_name(self.request)[0]

    def unknown_view(self) -> list[str]:
        told = self.request.GET.get("view", "")
        return [f"view={told}"] if told and not self.saved else []

    def view_menu(self) -> dict[str, Any]:
        """The views to choose from, the one that is open, and whether the address left it."""
        told = kept(self.request.META.get("QUERY_STRING", ""))
        view = self.saved
        return {
            "view": view,
            "modified": bool(view and not same(told, view.query)),
            "may_change_view": bool(view and may_change_view(self.request.user, view)),
            "query": told,
        }

    def display(self) -> dict[str, Any]:
        """Grouping, columns and density, each with its address."""
        shown, at = self.portfolio, self.portfolio.at
        density = signed_in(self.request).density
        return {
            "groupings": [
                {"label": how.label, "href": at(group=name), "current": name == shown.group}
                for name, how in GROUPS.items()
            ],
            "no_group": at(group=None),
            "group": shown.group,
            "all_columns": [
                {"name": c.name, "label": c.label, "on": c.name in shown.columns}
                for c in COLUMNS.values()
            ],
            "density": density,
            "densities": [(n, label, n == density) for n, label in Person.Density.choices],
        }

    def peeked(self) -> dict[str, Any]:
        """The side panel the address asks for."""
        number = number_of("INI", self.request.GET.get("peek", ""))
        if number is None:
            return {}
        found = Initiative.objects.visible_to(self.request.user).filter(number=number).first()
        if found is None:
            return {}
        return {"peek": peek_context(self.request, found), "close": self.portfolio.at()}

    def drop(self) -> list[dict[str, str]]:
        """Each active filter with the address that drops it, for an empty result."""
        query, found = self.request.GET, self.portfolio.filter
        names = [n for n in found.filters if n != "sort" and query.get(n)]
        return [{"label": self._words(n), "href": self.portfolio.at(**{n: None})} for n in names]

    def _words(self, name: str) -> str:
        found = self.portfolio.filter
        values = self.request.GET.getlist(name)
        shown = [str(WORDS.get(v) or found.choices.words(name, v)) for v in values]
        return f"{found.filters[name].label}: {', '.join(shown)}"


class DensityView(LoginRequiredMixin, View):
    """`POST /initiatives/density`: how high the rows are; Settings keep it too."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("density", "")
        density = wanted if wanted in Person.Density.values else Person.Density.USUAL
        change_settings(person=signed_in(request), density=density)
        return redirect(_back(request))


class LookedView(LoginRequiredMixin, View):
    """`POST /initiatives/looked`: the person saw the list; `anew` takes every mark away."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        anew = "anew" in request.POST
        look(person=request.user, anew=anew)
        return redirect(_back(request)) if anew else HttpResponse(status=204)


def _back(request: HttpRequest) -> str:
    return next_of(request) or "/initiatives"


def short_link(request: HttpRequest, number: int) -> HttpResponse:
    """`/i/212` is INI-212."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    found = get_object_or_404(Initiative.objects.visible_to(request.user), number=number)
    return redirect(found.get_absolute_url())
