"""Home: what needs me today, where everything is, what moved."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import lines_of
from initiatives.queries.activity import moves
from initiatives.queries.home import MOST, everything_for, headline, summary
from initiatives.queries.pipeline import HEAT, funnel, heat, moved_this_week
from kpis.cards import card
from kpis.queries import kpis_for, owned_by, standings

KPIS = 3


class HomeView(LoginRequiredMixin, View):
    """`/`; `?line=` narrows the pictures to one business line."""

    def get(self, request: HttpRequest) -> HttpResponse:
        line = request.GET.get("line", "")
        waiting = everything_for(request.user)
        phases = funnel(request.user, line)
        context: dict[str, Any] = {
            "headline": headline(len(waiting)),
            "today": timezone.localdate(),
            "rows": waiting[:MOST],
            "further": len(waiting) - MOST if len(waiting) > MOST else 0,
            "phases": phases,
            "live": sum(p["count"] for p in phases),
            "moved": moved_this_week(request.user),
            "heat_columns": [p.short for p in HEAT],
            "heat_rows": heat(request.user, line),
            "acts": moves(request.user, most=6),
            "summary": summary(waiting),
            **kpi_cards(request.user, line),
        }
        return render(request, "initiatives/home.html", context)


def kpi_cards(person: Any, line: str) -> dict[str, Any]:
    """The KPIs a person owns, else those of the person's lines (or of the chosen line)."""
    mine = list(owned_by(person)[:KPIS])
    if mine and not line:
        return {"kpis": [card(s) for s in standings(mine)], "kpis_title": _("KPIs you own")}
    theirs = Q(line__slug=line) if line else Q(line__in=lines_of(person)) | Q(scope="company")
    found = list(kpis_for(person).filter(theirs)[:KPIS])
    return {"kpis": [card(s) for s in standings(found)], "kpis_title": _("KPIs of your lines")}
