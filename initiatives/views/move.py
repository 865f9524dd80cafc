"""Moving a card to another phase: the step that leads there, through the doorman and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Refusal
from config.flow.steps import StepView, steps
from config.flow.telling import take_told
from config.web.steps import next_of
from initiatives.phases import WORDS, words
from initiatives.views.steps import done_words
from initiatives.views.tab import InitiativeMixin

BOARD = "/initiatives?layout=board"


class MoveView(InitiativeMixin, View):
    """`/initiatives/INI-12/move`: every step from here by where it leads; POST `to` takes it."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.show(to=request.GET.get("to", ""))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        to = request.POST.get("to", "")
        found = self.leading(to)
        if found is None:
            told = {"here": words(self.initiative.phase), "there": words(to)}
            if to == self.initiative.phase:
                text = _("%s stands there already.") % self.initiative.key
            else:
                text = _("No step leads from %(here)s to %(there)s.") % told
            return self.refused([text], to, status=409)
        if self.must_tell(found, request.POST):
            text = _("“%s” needs to be told more; fill it in and take it.") % found.label
            return self.refused([text], to, status=422)
        try:
            moved = take_told(self.initiative, found.name, actor=request.user, given=request.POST)
        except Refusal as refusal:
            lacking = [m.sentence for _g, _l, many in getattr(refusal, "unmet", ()) for m in many]
            return self.refused(lacking or refusal.sentences, to, status=refusal.status)
        text = done_words(self.initiative, moved)
        if self.wants_json:
            return JsonResponse({"said": text, "version": moved.flow_version})
        messages.success(request, text)
        return redirect(next_of(request) or BOARD)

    @property
    def wants_json(self) -> bool:
        return "X-Cell" in self.request.headers

    def leading(self, to: str) -> StepView | None:
        """The step that leads to a phase; forward ones before sending back."""
        found = [s for s in steps(self.initiative, self.request.user) if s.to_state == to]
        found = [s for s in found if s.to_state != self.initiative.phase]
        return min(found, key=lambda s: s.direction != "forward", default=None)

    @staticmethod
    def must_tell(step: StepView, given: Any) -> bool:
        """Whether a reason or an answer is asked for and was not given."""
        unsaid = step.note and not str(given.get("note", "")).strip()
        return bool(unsaid or any(not given.get(ask.name) for ask in step.asks))

    def refused(self, sentences: list[str], to: str, *, status: int) -> HttpResponse:
        href = f"/initiatives/{self.initiative.key}/move?to={to}"
        if self.wants_json:
            body = {"error": " ".join(sentences), "href": href, "ask": status == 422}
            return JsonResponse(body, status=status)
        self.__dict__.pop("initiative", None)
        return self.show(status=status, to=to, sentences=sentences)

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        shown = steps(self.initiative, self.request.user)
        ways = [s for s in shown if s.to_state in WORDS and s.to_state != self.initiative.phase]
        context = {
            "initiative": self.initiative,
            "here": words(self.initiative.phase),
            "ways": [
                (step, words(step.to_state), step.to_state == more.get("to")) for step in ways
            ],
            "next": next_of(self.request) or BOARD,
            "note": self.request.POST.get("note", ""),
            **more,
        }
        return render(self.request, "initiatives/move.html", context, status=status)
