"""How an idea becomes a release: one page drawn from the declared flow."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from config.flow.fsm import edges
from initiatives.lifecycle.initiative import THREAD
from initiatives.models import Initiative
from initiatives.phases import ABOUT, EIGHT, words
from initiatives.queries.pipeline import funnel


class HelpView(LoginRequiredMixin, View):
    """The phases, who takes each step and what its gate asks."""

    def get(self, request: HttpRequest) -> HttpResponse:
        order = {state: n for n, state in enumerate(THREAD)}
        forward = [
            {
                "from": words(e.source),
                "to": words(e.target or ""),
                "label": e.facts.label,
                "who": e.facts.permit.label,
                "asks": [rule.label for rule in e.facts.gates],
            }
            for e in sorted(edges(Initiative), key=lambda e: order.get(e.source, 99))
            if e.facts.direction == "forward" and e.source in order
        ]
        counts = {p["number"]: p for p in funnel(request.user)}
        phases = [
            {
                "phase": phase,
                "count": counts[phase.number]["count"],
                "href": counts[phase.number]["href"],
                "responsible": ABOUT[phase.number][0],
                "takes": ABOUT[phase.number][1],
                "leaves": ABOUT[phase.number][2],
            }
            for phase in EIGHT
        ]
        return render(request, "initiatives/help.html", {"phases": phases, "steps": forward})
