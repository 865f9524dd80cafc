"""What one initiative meets in other lines: a panel the overview fetches, a page without scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from initiatives.lifecycle.initiative import LIVE
from initiatives.queries.collisions import Found, collisions
from initiatives.views.tab import InitiativeTabView

SHOWN, ALL = 3, 50


class MeetsView(InitiativeTabView):
    """`/initiatives/INI-12/collisions`; asked for by the overview, only the first few."""

    tab = "collisions"
    tab_label = _("Collisions")
    template_name = "initiatives/collisions.html"

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        if not getattr(request, "htmx", False):
            return self.show()
        context = {"initiative": self.initiative, "collisions": self.met(SHOWN)}
        return render(request, "initiatives/_collisions.html", context)

    def context(self) -> dict[str, Any]:
        return {"collisions": self.met(ALL)}

    def met(self, most: int) -> Found:
        """Only a live initiative meets others."""
        if self.initiative.phase not in LIVE:
            return Found([], 0)
        return collisions(self.request.user, initiative=self.initiative, limit=most)
