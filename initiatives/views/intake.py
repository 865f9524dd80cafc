"""Triage: the queue on the left, one request on the right, its likely duplicates beside it."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import Refusal
from config.flow.keys import number_of
from config.flow.steps import steps
from config.flow.telling import take_told
from initiatives import permissions as may
from initiatives.actions.triage import BACK, accept_request, take_back
from initiatives.filters import InitiativeFilter
from initiatives.forms.small import AcceptForm
from initiatives.forms.triage import (
    days_to_sleep,
    reason_of_duplicate,
    reason_to_sleep,
    reasons_to_decline,
    told_of,
)
from initiatives.models import Initiative
from initiatives.phases import words
from initiatives.queries.duplicates import likely_duplicates
from initiatives.queries.lists import (
    as_rows,
    own_first,
    own_triage,
    rows,
    triage_queue,
    triaged_lines,
)
from initiatives.queries.one import initiatives_for
from initiatives.views.tab import InitiativeMixin

PAGE = 30
KEYS = {"accept": "1", "mark-duplicate": "2", "decline": "3", "snooze": "h"}
# What an address says about the page itself, beside the filters.
OWN = ("at", "done")


class IntakeView(LoginRequiredMixin, View):
    """`/intake?at=INI-12`; filters as everywhere. `done` names what was decided just now."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    @cached_property
    def query(self) -> QueryDict:
        """The filters: from the address, or as a decision's form carried them."""
        sent = self.request.POST.get("back") if self.request.method == "POST" else None
        data = QueryDict(sent, mutable=True) if sent is not None else self.request.GET.copy()
        for name in OWN:
            data.pop(name, None)
        return data

    @cached_property
    def filter(self) -> InitiativeFilter:
        queue = own_first(triage_queue(self.request.user), own_triage(self.request.user))
        return InitiativeFilter(self.query, queryset=queue, request=self.request)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(rows(self.filter.qs), PAGE).get_page(self.query.get("page"))

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        queue = as_rows(self.page.object_list)
        chosen = extra.pop("chosen", None) or self.chosen(queue)
        gone = self.gone(chosen)
        back = self.query.urlencode()
        context = {
            "filter": self.filter,
            "page": self.page,
            "queue": queue,
            "others_from": self.others_from(queue),
            "gone": gone,
            "gone_words": words(chosen.phase) if gone and chosen else "",
            "back": back,
            "done": self.done(),
            **self.beside(queue, chosen),
            **(triage_context(self.request.user, chosen) if chosen and not gone else {}),
            **extra,
        }
        return render(self.request, "initiatives/intake.html", context, status=status)

    def others_from(self, queue: list[Any]) -> int | None:
        """The number of the first request that others decide on; None where no line is drawn."""
        lines = triaged_lines(self.request.user)
        if lines is None or self.query.get("sort"):
            return None
        return next((row.number for row in queue if row.line_id not in {*lines, None}), None)

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

    def beside(self, queue: list[Any], chosen: Initiative | None) -> dict[str, Any]:
        """The requests before and after the open one, for J and K."""
        numbers = [row.number for row in queue]
        at = numbers.index(chosen.number) if chosen and chosen.number in numbers else None
        before = queue[at - 1] if at else None
        after = queue[at + 1] if at is not None and at + 1 < len(queue) else None
        return {"before": before, "after": after}

    def done(self) -> dict[str, Any] | None:
        """What was decided just now, and whether this person may take it back."""
        number = number_of("INI", self.request.GET.get("done", ""))
        if number is None:
            return None
        visible = Initiative.objects.visible_to(self.request.user)
        row = visible.filter(number=number).first()
        last = row.steps_taken.filter(taken=True).order_by("-at", "-pk").first() if row else None
        if row is None or last is None:
            return None
        mine = last.actor_id == self.request.user.pk and last.step in BACK
        return {"row": row, "words": _said(row, last.step), "mine": mine}

    def after(self, number: int) -> HttpResponse:
        """The next request of the queue opens by itself; the one before at its end."""
        numbers = list(self.filter.qs.values_list("number", flat=True)[: PAGE * 20])
        at = numbers.index(number) if number in numbers else -1
        following = numbers[at + 1 : at + 2] or numbers[max(at - 1, 0) : max(at, 0)]
        query = self.query.copy()
        query.pop("page", None)
        query["done"] = f"INI-{number}"
        if following:
            query["at"] = f"INI-{following[0]}"
        return HttpResponseRedirect(f"/intake?{query.urlencode()}")


def _said(row: Initiative, step: str) -> str:
    told = {"key": row.key, "day": row.snoozed_until, "original": row.duplicate_of}
    sentences = {
        "accept": _("%(key)s was accepted."),
        "decline": _("%(key)s was declined; the requester reads the reason."),
        "mark-duplicate": _("%(key)s joined %(original)s; the requester is led there."),
        "snooze": _("%(key)s sleeps until %(day)s."),
        "send-back": _("%(key)s is in intake again."),
        "reopen": _("%(key)s is in intake again."),
        "wake": _("%(key)s is awake again."),
    }
    return sentences.get(step, _("%(key)s moved on.")) % told


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
        "reasons": reasons_to_decline(),
        "duplicate_note": reason_of_duplicate(),
        "days": days_to_sleep(),
        "sleep_note": reason_to_sleep(),
    }


class TriageMixin(InitiativeMixin):
    """A decision about the open request; a refusal shows it in the queue again, with who did what."""

    def intake(self) -> IntakeView:
        view = IntakeView()
        view.setup(self.request)
        return view

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        """A reload of a refusal shows the request in the queue again."""
        return redirect(f"/intake?at={self.initiative.key}")

    def refused(self, refusal: Refusal, **extra: Any) -> HttpResponse:
        """The queue with the sentences, and the request as it is now."""
        self.__dict__.pop("initiative", None)
        told = {
            "title": refusal.title,
            "sentences": refusal.sentences,
            "links": [m["link"] for m in refusal.missing() if m["link"]],
        }
        return self.intake().show(refusal.status, chosen=self.initiative, refusal=told, **extra)


class AcceptView(TriageMixin, View):
    """`POST /initiatives/INI-12/accept`: owner, line, looked at duplicates, accept; in one go."""

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = AcceptForm(request.POST, initiative=self.initiative, person=request.user)
        intake = self.intake()
        following = intake.after(number)
        if not form.is_valid():
            return intake.show(422, chosen=self.initiative, accept_form=form, form=form)
        try:
            accept_request(initiative=self.initiative, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            return self.refused(refusal, accept_form=form)
        return following


class DecideView(TriageMixin, View):
    """`POST /initiatives/INI-12/triage/decline`: the other three decisions."""

    def post(self, request: HttpRequest, number: int, step: str) -> HttpResponse:
        following = self.intake().after(number)
        told = told_of(request.POST)
        try:
            take_told(self.initiative, step, actor=request.user, given=told)
        except Refusal as refusal:
            return self.refused(refusal, typed=told, open_step=step)
        return following


class TakeBackView(LoginRequiredMixin, View):
    """`POST /intake/undo`: one's own last decision, by the step that leads back."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        number = number_of("INI", request.POST.get("key", ""))
        found = get_object_or_404(initiatives_for(request.user), number=number)
        take_back(initiative=found, actor=request.user)
        view = IntakeView()
        view.setup(request)
        query = view.query.copy()
        query["at"] = query["done"] = found.key
        return HttpResponseRedirect(f"/intake?{query.urlencode()}")
