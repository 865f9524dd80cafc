"""The collection: a list or a board over one set of filters, all of it in the address."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views import View

from config.flow.keys import number_of
from initiatives.filters import InitiativeFilter
from initiatives.lifecycle.initiative import PHASES
from initiatives.models import Initiative
from initiatives.phases import WORDS
from initiatives.queries.lists import as_rows, board, listed, rows
from initiatives.views.bulk import STEPS

PAGE = 50


class InitiativeListView(LoginRequiredMixin, View):
    """`/initiatives`; a key typed into the search jumps to its page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        number = number_of("INI", request.GET.get("q", ""))
        if number is not None:
            visible = Initiative.objects.visible_to(request.user)
            found = visible.filter(number=number).first()
            if found is not None:
                return redirect(found.get_absolute_url())
        layout = "board" if request.GET.get("layout") == "board" else "list"
        context = {
            "filter": self.filter,
            "layout": layout,
            "is_list": layout == "list",
            "is_board": layout == "board",
            "layout_list": self.as_layout(""),
            "layout_board": self.as_layout("board"),
            "drop": self.drop(),
            "all_steps": STEPS,
        }
        shown = self.as_board() if context["layout"] == "board" else self.as_list()
        return render(request, "initiatives/list.html", {**context, **shown})

    @cached_property
    def filter(self) -> InitiativeFilter:
        return InitiativeFilter(
            self.request.GET, queryset=listed(self.request.user), request=self.request
        )

    def as_list(self) -> dict[str, Any]:
        page: Page[Any] = Paginator(rows(self.filter.qs), PAGE).get_page(
            self.request.GET.get("page")
        )
        return {"page": page, "rows": as_rows(page.object_list)}

    def as_board(self) -> dict[str, Any]:
        wanted = set(self.request.GET.getlist("phase")) & set(PHASES)
        columns = [c for c in board(self.filter.qs) if not wanted or c.phase in wanted]
        return {"columns": columns, "total": sum(c.count for c in columns)}

    def drop(self) -> list[dict[str, str]]:
        """Each active filter with the address that drops it, for an empty result."""
        query = self.request.GET
        names = [n for n in self.filter.filters if n != "sort" and query.get(n)]
        return [{"label": self._words(n), "href": self._without(n)} for n in names]

    def as_layout(self, name: str) -> str:
        """The same filters in another layout."""
        query = self.request.GET.copy()
        for key in ("layout", "page"):
            query.pop(key, None)
        if name:
            query["layout"] = name
        return f"/initiatives?{query.urlencode()}" if query else "/initiatives"

    def _words(self, name: str) -> str:
        values = self.request.GET.getlist(name)
        shown = [str(WORDS.get(v, v)) for v in values]
        return f"{self.filter.filters[name].label}: {', '.join(shown)}"

    def _without(self, name: str) -> str:
        left = self.request.GET.copy()
        left.pop(name)
        left.pop("page", None)
        return f"/initiatives?{left.urlencode()}"


def short_link(request: HttpRequest, number: int) -> HttpResponse:
    """`/i/212` is INI-212."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    found = get_object_or_404(Initiative.objects.visible_to(request.user), number=number)
    return redirect(found.get_absolute_url())
