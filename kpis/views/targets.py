"""Targets: proposed, given a baseline, committed and retired."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.identity import signed_in
from config.flow.steps import steps
from config.web.steps import TakeStep
from kpis.actions.kpi import must_keep
from kpis.actions.target import propose_target, set_baseline
from kpis.cards import target_row
from kpis.forms import BaselineForm, TargetForm
from kpis.models import Target
from kpis.permissions import manages_kpi
from kpis.queries import latest
from kpis.views.kpi import UNPROCESSABLE, WRITES, find_kpi


def find_target(request: HttpRequest, number: int, pk: int) -> Target:
    """The target of the address, or 404."""
    found = Target.objects.visible_to(request.user).select_related(
        "kpi__owner", "kpi__line", "owner"
    )
    target: Target = get_object_or_404(found, kpi__number=number, pk=pk)
    return target


@require_GET
@login_required
def target_detail(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """One target: what it promises, what its next step lacks, what was done."""
    target = find_target(request, number, pk)
    reading = latest([target.kpi_id]).get(target.kpi_id)
    context = {
        "kpi": target.kpi,
        "target": target,
        "row": target_row(target, reading),
        "steps": steps(target, request.user),
        "records": list(target.steps_taken.select_related("actor")[:20]),
        "may_keep": manages_kpi(request.user, target.kpi),
    }
    return render(request, "kpis/target.html", context)


@WRITES
@login_required
def target_new(request: HttpRequest, number: int) -> HttpResponse:
    """Propose a target."""
    kpi = find_kpi(request, number)
    must_keep(signed_in(request), kpi)
    form = TargetForm(request.POST or None, kpi=kpi, initial={"owner": kpi.owner_id})
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        told.pop("row_version")
        told["baseline_from"] = list(told["baseline_from"])
        target = propose_target(kpi=kpi, actor=signed_in(request), **told)
        messages.success(request, _("Proposed. It holds once it is committed."))
        return redirect(target)
    return _page(request, "kpis/target_form.html", form, kpi=kpi)


@WRITES
@login_required
def target_baseline(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Take named observations as the baseline."""
    target = find_target(request, number, pk)
    must_keep(signed_in(request), target.kpi)
    initial = {"row_version": target.row_version}
    form = BaselineForm(request.POST or None, kpi=target.kpi, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["baseline_from"])
        version = form.cleaned_data["row_version"]
        set_baseline(
            target=target, actor=signed_in(request), baseline_from=chosen, seen_version=version
        )
        messages.success(request, _("The baseline is set."))
        return redirect(target)
    return _page(request, "kpis/baseline.html", form, kpi=target.kpi, target=target)


class TakeTargetStep(TakeStep):
    """Behind `POST /kpis/KPI-3/targets/7/steps/commit`."""

    def find(self) -> Target:
        return find_target(self.request, self.kwargs["number"], self.kwargs["pk"])


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form, **more}, status=status)
