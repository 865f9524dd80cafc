"""The list of KPIs, one KPI, and the forms of its definition and links."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.identity import signed_in
from config.flow.errors import NotYours
from config.web.listing import listing
from kpis.actions.kpi import (
    change_kpi,
    introduce_kpi,
    link_metrics,
    must_keep,
    unlink_metrics,
)
from kpis.cards import detail, row
from kpis.filters import KpiFilter
from kpis.forms import KpiForm, LinkForm
from kpis.models import KPI, MetricLink
from kpis.permissions import may_add_kpi
from kpis.queries import kpis_for, standings

UNPROCESSABLE = 422
WRITES = require_http_methods(["GET", "HEAD", "POST"])


def find_kpi(request: HttpRequest, number: int) -> KPI:
    """The KPI of the address, or 404."""
    found: KPI = get_object_or_404(kpis_for(request.user), number=number)
    return found


@require_GET
@login_required
def kpi_list(request: HttpRequest) -> HttpResponse:
    """Value, target, trend, status, owner and freshness of every KPI."""
    found = KpiFilter(request.GET, kpis_for(request.user).order_by("name", "id"), request=request)
    shown = listing(request, found)
    context = {
        "listing": shown,
        "rows": [row(standing) for standing in standings(shown.page.object_list)],
        "may_add": may_add_kpi(request.user),
    }
    return render(request, "kpis/list.html", context)


@require_GET
@login_required
def kpi_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One KPI: definition first, then chart, targets, values, what drives it, who promises it."""
    return render(request, "kpis/detail.html", detail(request, find_kpi(request, number)))


@WRITES
@login_required
def kpi_new(request: HttpRequest) -> HttpResponse:
    """Introduce a KPI."""
    if not may_add_kpi(request.user):
        raise NotYours(_("KPIs are introduced by product managers, business leaders and the CPO."))
    form = KpiForm(request.POST or None, initial={"owner": request.user})
    if request.method == "POST" and form.is_valid():
        kpi = introduce_kpi(actor=signed_in(request), **form.facts())
        messages.success(
            request, _("%(key)s is introduced. Record its first value.") % {"key": kpi.key}
        )
        return redirect(kpi)
    return _form_page(request, "kpis/form.html", form)


@WRITES
@login_required
def kpi_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change the definition; a stale page becomes a conflict with both texts."""
    kpi = find_kpi(request, number)
    must_keep(signed_in(request), kpi)
    form = KpiForm(request.POST or None, instance=kpi)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        change_kpi(kpi=kpi, actor=signed_in(request), seen_version=version, **form.facts())
        messages.success(request, _("Saved."))
        return redirect(kpi)
    return _form_page(request, "kpis/form.html", form, kpi=kpi)


@WRITES
@login_required
def link_new(request: HttpRequest, number: int) -> HttpResponse:
    """Say what drives this KPI."""
    kpi = find_kpi(request, number)
    must_keep(signed_in(request), kpi)
    form = LinkForm(request.POST or None, driven=kpi)
    if request.method == "POST" and form.is_valid():
        link_metrics(actor=signed_in(request), driven=kpi, **form.cleaned_data)
        messages.success(request, _("Linked."))
        return redirect(f"{kpi.get_absolute_url()}#drivers")
    return _form_page(request, "kpis/link_form.html", form, kpi=kpi)


@require_POST
@login_required
def link_remove(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Take a link away."""
    kpi = find_kpi(request, number)
    link = get_object_or_404(MetricLink.objects.filter(driven=kpi), pk=pk)
    unlink_metrics(link=link, actor=signed_in(request))
    messages.success(request, _("The link is gone; its history stays."))
    return HttpResponseRedirect(f"{kpi.get_absolute_url()}#drivers")


def _form_page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, {"form": form, **more}, status=status)
