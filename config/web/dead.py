"""The page of work that gave up, with the button that tries again; for overseers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from config.due.jobs import rearm
from config.due.oversight import oversees
from config.due.queries import dead_rows, find_dead, standings
from config.flow.errors import NotYours


def only_overseers(person: Any) -> None:
    """Raise NotYours for everybody else; shared with the API."""
    if not oversees(person):
        sentence = _(
            "Work that gave up is looked after by administrators, business leaders and "
            "technical product managers. Ask one of them to try it again."
        )
        raise NotYours(sentence)


class DeadRowsView(LoginRequiredMixin, View):
    """`/due/dead`: what gave up and why, and how long the oldest work of each kind has waited."""

    def get(self, request: HttpRequest) -> HttpResponse:
        only_overseers(request.user)
        context = {"rows": dead_rows(), "standings": standings()}
        return render(request, "due/dead.html", context)


class RearmView(LoginRequiredMixin, View):
    """`POST /due/dead/<kind>/<id>/again`."""

    def post(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        only_overseers(request.user)
        row = find_dead(label, pk)
        if row is not None and rearm(row, actor=request.user):
            messages.success(request, _("It will be tried again now."))
        else:
            messages.info(request, _("Somebody had already asked to try it again."))
        return redirect("dead_rows")
