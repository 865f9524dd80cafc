"""Triage: the queue on the left, one request on the right, its likely duplicates beside it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Refusal
from config.flow.keys import number_of
from config.flow.steps import steps
from initiatives import permissions as may
from initiatives.actions.triage import accept_request
from initiatives.filters import InitiativeFilter
from initiatives.forms.small import AcceptForm
from initiatives.models import Initiative
from initiatives.queries.duplicates import likely_duplicates
from initiatives.queries.lists import as_rows, rows, triage_queue
from initiatives.queries.one import initiatives_for
from initiatives.views.tab import InitiativeMixin

PAGE = 30
KEYS = {"accept": "1", "mark-duplicate": "2", "decline": "3", "snooze": "h"}


class IntakeView(LoginRequiredMixin, View):
    """`/intake?at=INI-12`; filters as everywhere."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    @cached_property
    def filter(self) -> InitiativeFilter:
        data = self.request.GET.copy()
        data.pop("at", None)
        queue = triage_queue(self.request.user)
        return InitiativeFilter(data, queryset=queue, request=self.request)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(rows(self.filter.qs), PAGE).get_page(self.request.GET.get("page"))

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        queue = as_rows(self.page.object_list)
        chosen = extra.pop("chosen", None) or self.chosen(queue)
        gone = self.gone(chosen)
        context = {
            "filter": self.filter,
            "page": self.page,
            "queue": queue,
            "gone": gone,
            **(triage_context(self.request.user, chosen) if chosen and not gone else {}),
            **extra,
        }
        return render(self.request, "initiatives/intake.html", context, status=status)

    def chosen(self, queue: list[Any]) -> Initiative | None:
        """The request named in the address, else the first of the queue."""
        number = number_of("INI", self.request.GET.get("at", ""))
        if number is None:
            number = queue[0].number if queue else None
        found: Initiative | None = initiatives_for(self.request.user).filter(number=number).first()
        return found

    def gone(self, chosen: Initiative | None) -> Any:
        """Who handled it, when the request in the address has left intake."""
        if chosen is None or chosen.phase == "intake":
            return None
        return chosen.steps_taken.filter(taken=True, from_state="intake").first()


def triage_context(person: Any, initiative: Initiative) -> dict[str, Any]:
    """What stands on the right: the request, its duplicates, the four decisions."""
    decisions = [s for s in steps(initiative, person) if s.name in KEYS]
    answers = initiative.source_fields
    return {
        "initiative": initiative,
        "base_url": f"/initiatives/{initiative.key}",
        "duplicates": likely_duplicates(person, initiative),
        "decisions": {s.name.replace("-", "_"): s for s in decisions},
        "may_triage": may.triages(person, initiative),
        "accept_form": AcceptForm(initiative=initiative, person=person),
        "answers": [(q["label"], answers.get(q["name"])) for q in initiative.source.fields],
        "files": list(initiative.attachments.all()),
    }


class AcceptView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/accept`: owner, line, looked at duplicates, accept; in one go."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """A reload of a refusal shows the request in the queue again."""
        return redirect(f"/intake?at={self.initiative.key}")

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = AcceptForm(request.POST, initiative=self.initiative, person=request.user)
        intake = self.intake()
        if not form.is_valid():
            return intake.show(422, chosen=self.initiative, accept_form=form, form=form)
        try:
            accept_request(initiative=self.initiative, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            return intake.show(
                refusal.status, chosen=self.initiative, refusal=refusal, accept_form=form
            )
        messages.success(request, _("%s was accepted.") % self.initiative.key)
        return redirect("intake")

    def intake(self) -> IntakeView:
        view = IntakeView()
        view.setup(self.request)
        return view
