"""One step for several initiatives: first a preview that says which stay, then the steps."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from config.flow.errors import Refusal
from config.flow.fsm import edges
from config.flow.steps import explain
from config.flow.telling import take_told
from initiatives.models import Initiative

# Every step once, in the order of the thread, as (name, label).
STEPS = tuple(dict.fromkeys((e.step, str(e.facts.label)) for e in edges(Initiative)))
MOST = 50


@dataclass(frozen=True)
class Outcome:
    """What a step would do, or did, to one initiative."""

    initiative: Initiative
    done: bool
    sentences: list[str]


class BulkView(LoginRequiredMixin, View):
    """`POST /initiatives/bulk`: without `apply` a preview, with it the steps one by one."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        step = request.POST.get("step", "")
        chosen = self.chosen()
        apply = "apply" in request.POST
        outcomes = [self.take(i, step) if apply else self.foresee(i, step) for i in chosen]
        context = {
            "step": step,
            "label": dict(STEPS).get(step, step),
            "facts": self.facts(step),
            "outcomes": outcomes,
            "applied": apply,
            "open": sum(o.done for o in outcomes),
            "chosen": [i.number for i in chosen],
            "given": {k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken"},
        }
        status = 200 if chosen and step in dict(STEPS) else 422
        return render(request, "initiatives/bulk.html", context, status=status)

    def chosen(self) -> list[Initiative]:
        numbers = [int(n) for n in self.request.POST.getlist("number") if n.isdigit()][:MOST]
        visible = Initiative.objects.visible_to(self.request.user)
        return list(visible.filter(number__in=numbers).order_by("number"))

    def facts(self, step: str) -> Any:
        return next((e.facts for e in edges(Initiative) if e.step == step), None)

    def foresee(self, initiative: Initiative, step: str) -> Outcome:
        """What would happen, without trying."""
        view = explain(initiative, step, self.request.user)
        if view is None:
            return Outcome(initiative, False, ["It does not start from where this one is."])
        if not view.permitted:
            return Outcome(initiative, False, [f"It belongs to {view.belongs_to}."])
        lacking = [m.sentence for r in view.missing for m in r.missing]
        return Outcome(initiative, not lacking, lacking)

    def take(self, initiative: Initiative, step: str) -> Outcome:
        """The same door as everywhere."""
        try:
            moved = take_told(initiative, step, actor=self.request.user, given=self.request.POST)
        except Refusal as refusal:
            return Outcome(initiative, False, refusal.sentences)
        return Outcome(moved, True, [])
