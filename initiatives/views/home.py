"""Home: what needs me today, where everything is, what moved."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from initiatives.queries.activity import moves
from initiatives.queries.home import MOST, everything_for, headline
from initiatives.queries.pipeline import HEAT, funnel, heat, moved_this_week


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
        }
        return render(request, "initiatives/home.html", context)
