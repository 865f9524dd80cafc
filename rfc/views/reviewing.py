"""Answering for a function, re-affirming, closing a block, and the steps."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View

from accounts.models import Role
from config.flow.errors import NotYours, Refusal
from config.flow.steps import explain
from config.web.steps import TakeStep
from config.whole import whole
from rfc.actions.deciding import ASK
from rfc.actions.expiring import keep
from rfc.actions.positions import (
    close_block,
    must_be_closable,
    must_be_in_review,
    reaffirm,
    take_position,
)
from rfc.forms import PositionForm, ReasonForm
from rfc.models import RFC, Position, Stance
from rfc.permissions import functions_of
from rfc.queries.drafted import as_asked
from rfc.queries.reading import rfc_for
from rfc.views.base import FormPage, OneRFC

HEADINGS: dict[str, Any] = {
    Stance.APPROVE_WITH_NOTES: _lazy("Approve with notes"),
    Stance.HOLD: _lazy("Hold"),
    Stance.BLOCK: _lazy("Block"),
    Stance.RECUSE: _lazy("Recuse"),
}


class PositionPage(FormPage):
    """`/rfcs/RFC-7/position?stance=hold&function=risk`."""

    template_name = "rfc/position.html"

    def keeps_text(self) -> bool:
        """The one click of the bar has no text to keep."""
        return bool(self.request.POST.get("text", "").strip())

    def again(self, form: Any, refusal: Refusal) -> HttpResponse:
        """What changed is linked; sending it once more then answers on the newest text."""
        form.data = form.data.copy()
        form.data["revision"] = self.rfc.revisions.count()
        return super().again(form, refusal)

    def context(self) -> dict[str, Any]:
        days = settings.HOLD_DAYS
        return {
            "hold_days": days,
            "hold_ends": timezone.now() + timedelta(days=days),
            "heading": HEADINGS.get(self.request.GET.get("stance", ""), _("Take a position")),
        }

    @cached_property
    def functions(self) -> list[str]:
        return functions_of(self.request.user, self.rfc)

    def form(self, data: Any = None) -> PositionForm:
        must_be_in_review(self.rfc)
        if not self.functions:
            raise NotYours(
                f"Positions on {self.rfc.key} are taken by people who hold a reviewing function. "
                "Leave a comment instead.",
                link=f"{self.rfc.get_absolute_url()}/comment",
            )
        asked = set(self.rfc.required_functions.values_list("function", flat=True))
        first = next((each for each in self.functions if each in asked), self.functions[0])
        initial = {
            "function": self.request.GET.get("function", first),
            "stance": self.request.GET.get("stance", ""),
            "revision": self.rfc.revision_count,
            "resolution_owner": self.rfc.author_id if self.rfc.author.is_active else None,
        }
        ordered = sorted(self.functions, key=lambda each: each not in asked)
        form = PositionForm(data, initial=initial, functions=ordered)
        if data is None:
            form.expect(str(initial["stance"]))
        return form

    def done(self, form: Any) -> HttpResponse:
        told = form.cleaned_data
        take_position(
            rfc=self.rfc,
            actor=self.request.user,
            function=told["function"],
            stance=told["stance"],
            text=told["text"],
            revision_number=told["revision"],
            resolution_owner=told["resolution_owner"],
        )
        said = _("%(stance)s, for %(function)s on r%(number)s.") % {
            "stance": Stance(told["stance"]).label,
            "function": Role(told["function"]).label,
            "number": told["revision"],
        }
        return self.go(said)


class Reaffirm(OneRFC, View):
    """`POST /rfcs/RFC-7/reaffirm`: one click."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        seen = request.POST.get("revision", "")
        reaffirm(
            rfc=self.rfc,
            actor=request.user,
            function=request.POST.get("function", ""),
            revision_number=whole(seen) or 0,
        )
        return self.go(_("Re-affirmed for r%(number)s.") % {"number": seen})


class CloseBlock(FormPage):
    """`/rfcs/RFC-7/positions/12/close`."""

    @cached_property
    def position(self) -> Position:
        found: Position = get_object_or_404(
            self.rfc.positions.select_related("person", "rfc"), pk=self.kwargs["pk"]
        )
        if found.stance != Stance.BLOCK:
            raise Http404
        return found

    def form(self, data: Any = None) -> ReasonForm:
        must_be_closable(self.position, self.request.user)
        return ReasonForm(data)

    def context(self) -> dict[str, Any]:
        return {
            "title": _("Close the block"),
            "lead": self.position.text,
            "action": _("Close the block"),
        }

    def done(self, form: Any) -> HttpResponse:
        note = form.cleaned_data["reason"]
        close_block(position=self.position, actor=self.request.user, note=note)
        return self.go(_("The block is closed."))


class GoesOn(OneRFC, View):
    """`POST /rfcs/RFC-7/goes-on`: it goes on, nothing expires."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        keep(rfc=self.rfc, actor=request.user)
        return self.go(_("Kept: its silence starts anew today."))


class RFCTakeStep(TakeStep):
    """`POST /rfcs/RFC-7/steps/<step>`; asking for a decision goes by the list of who is told."""

    def post(self, request: HttpRequest, step: str, **kwargs: Any) -> HttpResponse:
        if step == ASK and self.askable():
            note = urlencode({"note": request.POST.get("note", "")[:400]})
            return HttpResponseRedirect(f"{self.find().get_absolute_url()}/ask?{note}")
        return super().post(request, step, **kwargs)

    def askable(self) -> bool:
        """Whether this person may ask now; asking itself publishes what the draft holds."""
        rfc = as_asked(self.find(), self.request.user)
        view = explain(rfc, ASK, self.request.user)
        return view is not None and view.permitted and not view.missing

    def find(self) -> RFC:
        found: RFC = get_object_or_404(rfc_for(self.request.user), number=self.kwargs["number"])
        return found
