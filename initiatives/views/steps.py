"""One address takes every step; a refusal answers with the page and its sentences."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from config.flow.errors import Refusal
from config.flow.telling import take_told
from config.web.steps import next_of
from initiatives.models import Initiative
from initiatives.phases import words
from initiatives.views.overview import OverviewView


class TakeStepView(OverviewView):
    """`POST /initiatives/INI-12/steps/<step>` with `note` and whatever the step asks."""

    http_method_names = ("get", "post", "head", "options")

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        return redirect(f"{self.initiative.get_absolute_url()}#step-{kwargs['step']}")

    def post(self, request: HttpRequest, number: int, step: str) -> HttpResponse:
        note = request.POST.get("note", "")
        try:
            moved = take_told(self.initiative, step, actor=request.user, given=request.POST)
        except Refusal as refusal:
            return self.refused(refusal, step, note)
        messages.success(request, done_words(self.initiative, moved))
        return redirect(next_of(request) or moved.get_absolute_url())

    def refused(self, refusal: Refusal, step: str, note: str) -> HttpResponse:
        """The initiative's page again, saying why, with the text that was typed."""
        self.forget()
        return self.show(
            status=refusal.status,
            refusal={"title": refusal.title, "sentences": refusal.sentences},
            told={"note": note, "step": step},
        )


def done_words(before: Initiative, after: Initiative) -> str:
    """What just happened, in one sentence."""
    if before.phase == after.phase:
        return _("%(key)s is asleep until %(day)s.") % {
            "key": after.key,
            "day": after.snoozed_until,
        }
    return _("%(key)s is now in %(phase)s.") % {"key": after.key, "phase": words(after.phase)}
