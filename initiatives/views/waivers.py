"""Waivers of an initiative: who let what through, why, until when; granting and withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.flow.errors import Refusal
from initiatives import permissions as may
from initiatives.actions.waiver import grant_waiver, waivable_gates, withdraw_waiver
from initiatives.forms.small import WaiverForm
from initiatives.queries.activity import gate_label
from initiatives.views.tab import InitiativeMixin, InitiativeTabView


class WaiversView(InitiativeTabView):
    """`/initiatives/INI-12/waivers?gate=…`, also reached as `/waive/<gate>`."""

    tab = "waivers"
    tab_label = gettext_lazy("Waivers")
    template_name = "initiatives/waivers.html"

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        return super().show(status, **{"form": self.form(), **extra})

    def form(self, *args: Any) -> WaiverForm:
        gate = self.kwargs.get("gate") or self.request.GET.get("gate", "")
        known = gate in {rule.name for rule in waivable_gates(self.initiative)}
        return WaiverForm(
            *args,
            initiative=self.initiative,
            person=self.request.user,
            initial={"gate": gate} if known else None,
        )

    def context(self) -> dict[str, Any]:
        found = self.initiative.waivers.select_related("granted_by", "follow_up_owner")
        labels = {rule.name: rule.label for rule in waivable_gates(self.initiative)}
        return {
            "waivers": [(w, labels.get(w.gate, gate_label(w.gate))) for w in found],
            "can_waive": may.may_waive(self.request.user, self.initiative),
            "waivable": bool(labels),
            "who": may.leads_line_of.who(self.initiative),
            "base_url": f"/initiatives/{self.initiative.key}",
        }

    def post(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(422, form=form)
        try:
            grant_waiver(initiative=self.initiative, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(refusal.status, form=form)
        messages.success(request, _("Waived. It is shown as waived, never as met."))
        return redirect(self.initiative.get_absolute_url())


class WithdrawWaiverView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/waivers/<id>/withdraw`."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, number: int, pk: int) -> HttpResponse:
        waiver = get_object_or_404(self.initiative.waivers.all(), pk=pk)
        withdraw_waiver(waiver=waiver, actor=request.user)
        messages.success(request, _("Withdrawn. The requirement asks again."))
        return redirect(self.initiative.tab_url("waivers"))
